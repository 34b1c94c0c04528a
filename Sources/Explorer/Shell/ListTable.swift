import TextUI

/// A plain table of texts with one row selected.
struct ListTable {
    let titles: [String]
    let cells: [[String]]
    /// How each row looks; all alike where there are none.
    var roles: [StyleRole] = []
    let position: ScrollPosition
    let theme: Theme

    func draw(in area: Rect, on frame: inout Frame) {
        let visible = position.visible(count: cells.count, height: area.height - 1)
        let columns = titles.enumerated().map { index, title in
            let widest = cells[visible].map { index < $0.count ? TextWidth.of($0[index]) : 0 }.max() ?? 0
            return TableView.Column(
                title: StyledText(title, theme[.tableHeader]), naturalWidth: widest, leastWidth: index == 0 ? 18 : 8, isName: index == 0
            )
        }
        let rows = visible.map { index in
            let isSelected = index == position.selected
            let style = isSelected ? theme[.cursor] : theme[roles.indices.contains(index) ? roles[index] : .text]
            return TableView.Row(cells: cells[index].map { StyledText($0, style) }, style: style, marker: isSelected ? "▸" : " ")
        }
        TableView(columns: columns, rows: rows, headerStyle: theme[.tableHeader]).draw(in: area, on: &frame)
    }
}
