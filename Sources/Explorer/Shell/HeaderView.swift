import KubernetesModel
import ResourceTables
import TextUI

/// The first line: where one is, how the cluster is, and whether what is shown is true.
struct HeaderView {
    /// Cells before the first word.
    static let margin = 1

    let shell: Shell

    func draw(in line: Rect, on frame: inout Frame) {
        let right = connectionText(width: line.width / 2)
        let rightStart = line.maxX - right.width - 1
        frame.write(right, at: Point(x: rightStart, y: line.minY), in: line)
        let space = Rect(x: line.minX, y: line.minY, width: max(0, rightStart - line.minX - 1), height: 1)
        var x = space.minX + Self.margin
        if shell.tabs.count > 1 { x = frame.write(shell.tabLine, at: Point(x: x, y: line.minY), in: space) + 1 }
        for part in parts where x + part.width <= space.maxX {
            x = frame.write(part, at: Point(x: x, y: line.minY), in: space) + 2
        }
        for key in namespaceKeys {
            guard x + key.width <= space.maxX else { break }
            x = frame.write(key, at: Point(x: x, y: line.minY), in: space) + 2
        }
    }

    /// What is left out first on a narrow screen stands last.
    private var parts: [StyledText] {
        let session = shell.session
        let name = shell.theme[.headerName]
        let text = shell.theme[.headerText]
        var parts = [StyledText("⎈ ", name) + StyledText(session.contextName, text)]
        parts.append(StyledText("ns:", name) + StyledText(session.namespaces.text, text))
        switch session.guardLevel {
        case .readOnly: parts.append(StyledText("read-only", shell.theme[.stale]))
        case .strict: parts.append(StyledText("guarded", shell.theme[.offline]))
        case .open, .confirm: break
        }
        let running = shell.programs.running
        if running > 0 { parts.append(StyledText("programs ", name) + StyledText("\(running)", text)) }
        if let version = session.serverVersion { parts.append(StyledText(version, text)) }
        if let nodes = session.nodes {
            let style = nodes.ready < nodes.total ? shell.theme[.statusError] : text
            parts.append(StyledText("nodes ", name) + StyledText("\(nodes.ready)/\(nodes.total)", style))
        }
        let metrics = session.metrics
        parts.append(load("cpu", metrics.cpu, metrics.cpuHistory))
        parts.append(load("mem", metrics.memory, metrics.memoryHistory))
        return parts
    }

    /// `1 shop`, `2 db`: which namespaces keys lead to, as K9s shows them above its tables.
    private var namespaceKeys: [StyledText] {
        guard let screen = shell.screen, screen.bindings.contains(where: { NamespaceKeys.actions.contains($0.action) }) else { return [] }
        return NamespaceKeys.favourites(of: shell.session, shell.configuration.keys).map { key, name in
            StyledText(key + " ", shell.theme[.headerName]) + StyledText(name, shell.theme[.muted])
        }
    }

    /// `cpu ▂▃▅▆ 61%`. Without a metrics API there is nothing to measure; unknown is shown as unknown.
    private func load(_ title: String, _ share: Double?, _ history: [Double]) -> StyledText {
        let name = StyledText(title + " ", shell.theme[.headerName])
        guard let share else { return name + StyledText("n/a", shell.theme[.muted]) }
        let percent = Int(share)
        let style = shell.theme[LoadThreshold.role(percent: percent)]
        return name + StyledText(Sparkline.text(history, top: 100, width: 6) + " ", style) + StyledText("\(percent)%", style)
    }

    private func connectionText(width: Int) -> StyledText {
        let theme = shell.theme
        switch shell.session.connection {
        case .connecting: return StyledText("◌ connecting", theme[.stale])
        case .live: return StyledText("● live", theme[.live]) + StyledText("  \(clock)", theme[.muted])
        case .lost(let since, let reason):
            let age = HumanDuration.text(since: since, now: shell.now())
            let isUnknown = shell.session.serverVersion == nil && shell.session.nodes == nil
            let data = isUnknown ? "no data for \(age)" : "data \(age) old"
            return StyledText(TextWidth.truncated("✗ \(data): \(reason)", width), theme[.offline])
        }
    }

    private var clock: String {
        LocalClock.text(shell.now())
    }
}
