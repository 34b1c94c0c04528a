import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// Draws one pane of the overview.
struct OverviewPainter {
    let tables: OverviewTables
    let theme: Theme
    let now: Instant
    /// The cluster that the header tells of.
    let explained: ClusterSession
    let isFocused: Bool
    /// Whether the pane has the screen to itself, and so shows its table in full.
    let isAlone: Bool

    func draw(_ pane: OverviewPane, in area: Rect, on frame: inout Frame) {
        let style = theme[isFocused ? .focusedBorder : .border]
        guard let model = tables.model(of: pane) else {
            let inside = BorderBox(title: logTitle, style: style).draw(in: area, on: &frame)
            drawLogs(in: inside, on: &frame)
            return
        }
        let words = TableTitle(theme: theme, now: now, explained: explained)
        let title =
            isAlone
            ? words.title(of: model)
            : words.title(of: model, name: name(of: pane))
        let inside = BorderBox(title: title, note: words.note(of: model), style: style).draw(in: area, on: &frame)
        var painter = TablePainter(theme: theme, now: now, isFocused: isFocused)
        if !isAlone {
            painter.columns = columns(of: pane, model)
            painter.expendable = ["CLUSTER-IP", "AGE", "RST", podTitle, "MEM"]
            switch pane {
            case .services: painter.extras = [.init(title: "READY", cell: endpoints)]
            case .nodes: painter.extras = nodeExtras
            case .pods, .events, .logs: break
            }
        }
        painter.draw(model, in: inside, on: &frame)
    }

    // MARK: Tables

    private func name(of pane: OverviewPane) -> String {
        guard pane == .events, let subject = tables.subject else { return pane.name }
        return "\(pane.name) \(subject.name)"
    }

    /// A few columns with short headings; the rest is one zoom away.
    private func columns(of pane: OverviewPane, _ model: TableModel) -> [(index: Int, title: String)] {
        let wanted: [(String, String)] =
            switch pane {
            case .pods: [("NAME", "NAME"), ("READY", "READY"), ("STATUS", "STATUS"), ("RESTARTS", "RST"), ("AGE", "AGE")]
            case .nodes: tables.isMeasured ? [("NAME", "NAME")] : [("NAME", "NAME"), ("STATUS", "STATUS")]
            case .services: [("NAME", "NAME"), ("CLUSTER-IP", "CLUSTER-IP")]
            case .events: [("LAST SEEN", "SEEN"), ("COUNT", "×"), ("TYPE", "TYPE"), ("REASON", "REASON"), ("MESSAGE", "MESSAGE")]
            case .logs: []
            }
        let showsNamespace = pane == .pods && model.scope.namespace == nil
        let all = (showsNamespace ? [("NAMESPACE", "NAMESPACE")] : []) + wanted
        return all.compactMap { title, short in model.snapshot.columns.firstIndex { $0.title == title }.map { ($0, short) } }
    }

    /// Gauges where something is measured, and how many pods there are.
    private var nodeExtras: [TablePainter.ExtraColumn] {
        let pods = TablePainter.ExtraColumn(title: podTitle, cell: podCount)
        guard tables.isMeasured else { return [pods] }
        func gauge(_ title: String, _ column: String) -> TablePainter.ExtraColumn {
            let index = tables.nodes.snapshot.columns.firstIndex { $0.title == column }
            return .init(title: title) { row in
                guard let index, case .number(let percent) = row.cells[index] else { return ("n/a", .muted) }
                let number = String(repeating: " ", count: max(0, 3 - String(percent).count)) + "\(percent)%"
                return (Gauge.text(Double(percent) / 100, width: 4) + number, LoadThreshold.role(percent: percent))
            }
        }
        return [gauge("CPU", "%CPU"), gauge("MEM", "%MEM"), pods]
    }

    /// Where one namespace is looked at, only its pods are known and counted: the heading is as short as the pane is narrow.
    private var podTitle: String { tables.pods.scope.namespace == nil ? "PODS" : "IN NS" }

    private func podCount(of row: TableRow) -> (text: String, role: StyleRole) {
        guard let counts = tables.podsByNode else { return ("n/a", .muted) }
        return (String(counts[row.key.name] ?? 0), .statusNormal)
    }

    /// As the table of Services has counted them.
    private func endpoints(of row: TableRow) -> (text: String, role: StyleRole) {
        // Without a selector nobody fills in endpoints.
        if row.links.podSelector == nil { return ("–", .muted) }
        let column = tables.services.snapshot.columns.firstIndex { $0.title == EndpointCount.title }
        guard let column, case .ratio(let ready, of: let total) = row.cells[column] else { return ("n/a", .muted) }
        let role: StyleRole = ready == 0 ? .statusError : ready == total ? .statusNormal : .statusPending
        return ("\(ready)/\(total)" + (ready == 0 ? " ✗" : ""), role)
    }

    // MARK: Logs

    private var logTitle: StyledText {
        let title = StyledText(OverviewPane.logs.name, theme[.title])
        guard let target = tables.logs.target else { return title }
        let filter = tables.logs.filterText
        return title + StyledText(" \(target.name)", theme[.titleHighlight])
            + StyledText(filter.isEmpty ? "" : " /\(filter)", theme[.titleFilter])
    }

    private func drawLogs(in area: Rect, on frame: inout Frame) {
        if let feed = tables.logs.feed {
            tables.logs.pane.draw(feed, in: area, on: &frame, theme: theme)
        } else if tables.logs.target == nil {
            let text = "A node has no logs here: choose a pod or a service"
            frame.write(
                TextWidth.truncated(tables.subject == nil ? "Nothing is selected" : text, area.width), at: area.origin, style: theme[.muted]
            )
        }
    }
}
