import TextUI

/// The rows of a list, made as they are drawn: of many only a few are seen.
struct ListTable {
    let titles: [String]
    let count: Int
    /// How a row looks.
    var role: (Int) -> StyleRole = { _ in .text }
    let cells: (Int) -> [String]

    /// - Parameter columnOffset: how many columns are scrolled off to the left.
    func draw(_ position: ScrollPosition, columnOffset: Int = 0, theme: Theme, in area: Rect, on frame: inout Frame) {
        let visible = position.visible(count: count, height: area.height - 1)
        let shown = visible.map { cells($0).map { SafeText.line($0) } }
        let columns = titles.enumerated().map { index, title in
            let widest = shown.map { index < $0.count ? TextWidth.of($0[index]) : 0 }.max() ?? 0
            return TableView.Column(
                title: StyledText(title, theme[.tableHeader]), naturalWidth: widest, leastWidth: index == 0 ? 18 : 8, isName: index == 0
            )
        }
        let rows = zip(visible, shown).map { index, cells in
            let isSelected = index == position.selected
            let style = theme[isSelected ? .cursor : role(index)]
            return TableView.Row(cells: cells.map { StyledText($0, style) }, style: style, marker: isSelected ? "▸" : " ")
        }
        TableView(columns: columns, rows: rows, headerStyle: theme[.tableHeader], columnOffset: columnOffset).draw(in: area, on: &frame)
    }
}

/// A list as one looks at it: where the cursor is, and how many rows are seen at once.
struct ListPane {
    private var position = ScrollPosition()
    private var height = 1
    private var columnOffset = 0
    /// Where the rows were drawn last, and how many there were.
    private var rows = (place: Rect.zero, count: 0)

    /// Whom the rows stand for, where that is known.
    private var identities: [AnyHashable] = []

    var selected: Int { position.selected }

    /// Whom the selected row stands for; nil where it isn't known.
    var selectedIdentity: AnyHashable? { identities.indices.contains(selected) ? identities[selected] : nil }

    /// Keeps the cursor with its row while others come and go.
    mutating func follow(_ new: [some Hashable]) {
        let selected = selectedIdentity
        identities = new
        guard let index = identities.firstIndex(where: { $0 == selected }) else { return }
        position.select(index, count: identities.count)
    }

    mutating func select(_ index: Int, count: Int) {
        position.select(index, count: count)
    }

    /// Scrolls sideways, as far as there are columns.
    mutating func scroll(by columns: Int, of count: Int) {
        columnOffset = max(0, min(columnOffset + columns, count - 2))
    }

    /// Moves the cursor. False when the action is none of a list's.
    mutating func perform(_ action: ActionID, count: Int) -> Bool {
        ListNavigation.perform(action, &position, count: count, page: height)
    }

    /// Selects the row that was drawn there. False where there is none.
    mutating func select(at point: Point) -> Bool {
        let row = position.top + point.y - rows.place.minY
        guard rows.place.contains(point), row < rows.count else { return false }
        select(row, count: rows.count)
        return true
    }

    /// - Parameter absence: said where there are no rows.
    mutating func draw(_ table: ListTable, absence: String = "", theme: Theme, in area: Rect, on frame: inout Frame) {
        height = max(1, area.height - 1)
        position.fit(count: table.count, height: height)
        rows = (area.cuttingTop(1).rest, table.count)
        if table.count == 0, !absence.isEmpty {
            return frame.write(
                paragraph: StyledText(absence, theme[.muted]), in: area.inset(horizontally: 1, vertically: 0))
        }
        table.draw(position, columnOffset: columnOffset, theme: theme, in: area, on: &frame)
    }
}
