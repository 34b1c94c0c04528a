import KubernetesModel
import KubernetesSemantics
import ResourceTables
import TextUI

/// Draws the visible rows of a table.
struct TablePainter {
    let theme: Theme
    let now: Instant
    /// Whether keys go to this table.
    let isFocused: Bool
    /// The columns to show, by index, when not those of the model; with the titles they get.
    var columns: [(index: Int, title: String)]?
    /// What stands behind a name, of what others know about a row.
    var nameMark: (TableRow) -> String = { _ in "" }
    /// More columns at the end, of what others know about a row.
    var extras: [ExtraColumn] = []

    struct ExtraColumn {
        let title: String
        let cell: (TableRow) -> (text: String, role: StyleRole)
    }

    private static let glow = Duration.seconds(3)

    func draw(_ model: TableModel, in area: Rect, on frame: inout Frame) {
        guard area.height > 1 else { return }
        let snapshot = model.snapshot
        model.position.fit(count: snapshot.rows.count, height: area.height - 1)
        if let message = message(of: snapshot, model) {
            drawMessage(message, in: area, on: &frame)
            if snapshot.rows.isEmpty { return }
        }
        let wanted = columns ?? model.visibleColumns.map { ($0, snapshot.columns[$0].title) }
        let visible = model.position.visible(count: snapshot.rows.count, height: area.height - 1)
        let (shown, extras) = fitting(wanted, of: model, rows: visible, width: area.width - 2)
        let rows = visible.map { row(at: $0, of: model, shown.map(\.index), extras) }
        var headings = shown.enumerated().map { place, column in
            TableView.Column(
                title: heading(column.title, snapshot.columns[column.index], model),
                alignment: snapshot.columns[column.index].alignment == .right ? .right : .left,
                naturalWidth: rows.map { $0.cells[place].width }.max() ?? 0,
                leastWidth: leastWidth(of: snapshot.columns[column.index], of: model),
                isName: snapshot.columns[column.index].kind == .name
            )
        }
        for (offset, extra) in extras.enumerated() {
            let width = rows.map { $0.cells[shown.count + offset].width }.max() ?? 0
            headings.append(TableView.Column(title: StyledText(extra.title, theme[.tableHeader]), naturalWidth: width))
        }
        let view = TableView(
            columns: headings.boundingNames(in: area.width - 2, to: longestName(of: model, in: area.width)),
            rows: rows, headerStyle: theme[.tableHeader], columnOffset: model.columnOffset, hasSigns: true)
        let places = view.draw(in: area, on: &frame)
        if columns == nil, shown.count < wanted.count { drawMore(beside: area, on: &frame) }
        model.headings = places.compactMap { place, columns in
            shown.indices.contains(place) ? (columns, snapshot.columns[shown[place].index].title) : nil
        }
    }

    /// Whether names keep their width, and other columns have to be scrolled to.
    private func isScrolling(_ model: TableModel) -> Bool { model.showsWide || model.columnOffset > 0 }

    private func leastWidth(of column: TableColumn, of model: TableModel) -> Int? {
        column.kind == .name && isScrolling(model) ? nil : Self.leastWidths[column.kind]
    }

    /// Names are shown in full in the wide form, but leave room for what was scrolled to.
    private func longestName(of model: TableModel, in width: Int) -> Int {
        guard isScrolling(model) else { return Self.longName(in: width) }
        return model.columnOffset == 0 ? .max : max(Self.longName(in: width), width - Self.roomBesideNames)
    }

    /// For what stands before names, and for a column behind them.
    private static let roomBesideNames = 32

    /// A name up to here makes other columns give way; one that is longer takes the room that they leave.
    private static func longName(in width: Int) -> Int { max(40, width / 3) }

    /// What columns may be squeezed to; those of other kinds keep their widths.
    private static let leastWidths: [TableColumn.Kind: Int] = [.name: 14, .namespace: 8, .context: 8, .text: 12]
    /// Columns that are given up, in this order, where a line is too short for all; the wide form and scrolling show them.
    var expendable = [
        "IP", "%CPU/R", "%MEM/R", "CLUSTER-IP", "SERVICE", "TAINTS", "NODE", "EXTERNAL-IP", "SUSPEND", "CPU", "MEM", "%CPU/L", "%MEM/L",
    ]

    /// Columns of the table give way before names are shortened, added ones only where that does not help.
    private func fitting(
        _ wanted: [(index: Int, title: String)], of model: TableModel, rows: Range<Int>, width: Int
    ) -> (columns: [(index: Int, title: String)], extras: [ExtraColumn]) {
        guard !model.showsWide, model.columnOffset == 0 else { return (wanted, extras) }
        let snapshot = model.snapshot
        func needed(_ title: String, _ cell: (TableRow) -> String) -> Int {
            max(TextWidth.of(title), rows.map { TextWidth.of(cell(snapshot.rows[$0])) }.max() ?? 0) + TextUI.TableLayout.gap
        }
        let longName = Self.longName(in: width + 2) + TextUI.TableLayout.gap
        func natural(_ column: (index: Int, title: String)) -> Int {
            let natural = needed(column.title) { $0.cells[column.index].text(now: now) }
            return snapshot.columns[column.index].kind == .name ? min(natural, longName) : natural
        }
        func least(_ column: (index: Int, title: String)) -> Int {
            let least = Self.leastWidths[snapshot.columns[column.index].kind].map { $0 + TextUI.TableLayout.gap }
            return min(natural(column), least ?? .max)
        }
        var (shown, extras) = (wanted, extras)
        func added() -> Int {
            extras.reduce(-TextUI.TableLayout.gap) { total, extra in total + needed(extra.title) { extra.cell($0).text } }
        }
        for title in expendable where shown.reduce(added(), { $0 + natural($1) }) > width { shown.removeAll { $0.title == title } }
        for title in expendable where shown.reduce(added(), { $0 + least($1) }) > width { extras.removeAll { $0.title == title } }
        return (shown, extras)
    }

    // MARK: Headings

    /// On the frame: the wide form and scrolling show what the line had no room for.
    private func drawMore(beside area: Rect, on frame: inout Frame) {
        frame.write("›", at: Point(x: area.maxX, y: area.minY), style: theme[.tableHeader])
    }

    private func heading(_ title: String, _ column: TableColumn, _ model: TableModel) -> StyledText {
        let isChosen = model.chosenColumn == column.title
        var style = theme[isChosen ? .tableSortedHeader : .tableHeader]
        if isChosen { style = style.with(.underline) }
        guard let sort = model.query.sort, sort.column == column.title else { return StyledText(title, style) }
        return StyledText(title, theme[.tableSortedHeader]) + StyledText(sort.isAscending ? "↑" : "↓", theme[.tableSorter])
    }

    // MARK: Rows

    private func row(at index: Int, of model: TableModel, _ columns: [Int], _ extras: [ExtraColumn]) -> TableView.Row {
        let row = model.snapshot.rows[index]
        let isSelected = index == model.position.selected
        let isMarked = model.marks.contains(row.id)
        var style = theme[isMarked ? .mark : Self.role(of: row)]
        let change = row.change.flatMap { now - $0.time < Self.glow ? $0 : nil }
        switch change?.kind {
        case .added: style = theme[.statusAdded].with(.bold)
        case .deleted: style = theme[.statusKilled].with(.dim)
        case .modified, nil: break
        }
        if isSelected {
            // The row's own colour as background, so that its status stays visible under the cursor.
            style = isFocused ? style.with([.reverse, .bold]) : theme[.unfocusedCursor].with(foreground: style.foreground)
        }
        var cells = columns.map { cell($0, model.snapshot.columns[$0], of: row, change, style, isPlain: isSelected) }
        for extra in extras {
            let (text, role) = extra.cell(row)
            cells.append(StyledText(text, isSelected ? style : theme[role]))
        }
        // The cursor shows by its colours too, a mark under it only by its sign.
        return TableView.Row(cells: cells, style: style, marker: isMarked ? "*" : isSelected ? "▸" : " ", sign: Self.sign(of: row))
    }

    /// How a share of a limit or a request looks; nil for everything else, and for what is well below.
    private func loadRole(_ cell: TableCell, _ column: TableColumn) -> StyleRole? {
        guard column.kind == .metric, column.title.hasPrefix("%"), case .number(let percent) = cell, percent >= LoadThreshold.warning else {
            return nil
        }
        return LoadThreshold.role(percent: percent)
    }

    private func cell(_ index: Int, _ column: TableColumn, of row: TableRow, _ change: RowChange?, _ style: Style, isPlain: Bool)
        -> StyledText
    {
        let text = row.cells[index].text(now: now) + (column.kind == .name ? nameMark(row) : "")
        if !isPlain, let role = loadRole(row.cells[index], column) { return StyledText(text, theme[role]) }
        guard case .modified(let cells)? = change?.kind, let kind = cells[index] else { return StyledText(text, style) }
        let (sign, role): (String, StyleRole) =
            switch kind {
            case .grew: ("↑", .grew)
            case .shrank: ("↓", .shrank)
            case .altered: ("", .statusModified)
            }
        return StyledText(text + sign, isPlain ? style : theme[role].with(.bold))
    }

    /// Health as a sign: it is never told by colour alone.
    private static func sign(of row: TableRow) -> Unicode.Scalar {
        switch row.health.level {
        case .failing: "✗"
        case .warning: "!"
        case .ok, .finished, .progressing, .unknown: " "
        }
    }

    private static func role(of row: TableRow) -> StyleRole {
        if row.isTerminating { return .statusKilled }
        return switch row.health.level {
        case .ok, .unknown: .statusNormal
        case .finished: .statusCompleted
        case .progressing: .statusAdded
        case .warning: .statusPending
        case .failing: .statusError
        }
    }

    // MARK: Instead of rows

    private func message(of snapshot: TableSnapshot, _ model: TableModel) -> (text: String, role: StyleRole)? {
        switch snapshot.state {
        case .forbidden(let reason), .notServed(let reason): return (reason, .flashError)
        case .loading(let loaded, let total):
            guard snapshot.rows.isEmpty else { return nil }
            let count = loaded == 0 ? "" : total.map { " \(loaded) of about \($0)" } ?? " \(loaded)"
            return ("Loading \(model.resource.name)\(count) …", .muted)
        case .stale(_, let reason): return snapshot.rows.isEmpty ? (reason, .flashError) : nil
        case .live:
            guard snapshot.rows.isEmpty else { return nil }
            if let namespace = model.missingNamespace { return ("There is no namespace \(namespace)", .flashWarning) }
            if model.query.faultsOnly { return ("No faults among \(snapshot.counts.total) \(model.resource.name)", .muted) }
            return (
                model.isFiltered ? "None of \(snapshot.counts.total) \(model.resource.name) matches" : "No \(model.resource.name) here",
                .muted
            )
        }
    }

    private func drawMessage(_ message: (text: String, role: StyleRole), in area: Rect, on frame: inout Frame) {
        let text = StyledText(message.text, theme[message.role])
        frame.write(paragraph: text, in: area.inset(horizontally: 1, vertically: 0))
    }
}

extension [TableView.Column] {
    /// Names get at least so much as `least` if they need it, and more only where the other columns leave it.
    fileprivate func boundingNames(in width: Int, to least: Int) -> Self {
        map { column in
            guard column.isName, column.naturalWidth > least else { return column }
            let others = reduce(-column.naturalWidth) { $0 + $1.naturalWidth } + TextUI.TableLayout.gap * (count - 1)
            var column = column
            column.naturalWidth = Swift.min(column.naturalWidth, Swift.max(least, width - others))
            column.leastWidth = Swift.min(column.leastWidth, column.naturalWidth)
            return column
        }
    }
}
