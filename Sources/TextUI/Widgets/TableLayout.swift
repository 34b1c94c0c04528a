/// Where the columns of a table stand in a line of a given width.
package struct TableLayout: Sendable {
    package struct Place: Sendable, Hashable {
        package let column: Int
        /// Cells from the line's left edge.
        package let start: Int
        package let width: Int
        /// Whether the line ends before the column does.
        package let isCut: Bool
    }

    package static let gap = 1
    package let places: [Place]

    /// Columns up to the name always stand at the left; `columnOffset` of those after it are left out. Columns that may shrink give
    /// up width, the widest first and the name last, before columns are cut at the right edge.
    package init(columns: [TableView.Column], columnOffset: Int, width: Int) {
        let frozen = (columns.lastIndex(where: \.isName) ?? 0) + 1
        let shown = columns.indices.filter { $0 < frozen || $0 >= frozen + columnOffset }
        let widths = Self.widths(of: shown.map { columns[$0] }, in: width)
        var places: [Place] = []
        var start = 0
        for (column, wanted) in zip(shown, widths) {
            guard start < width else { break }
            places.append(Place(column: column, start: start, width: min(wanted, width - start), isCut: wanted > width - start))
            start += wanted + Self.gap
        }
        self.places = Self.withSlack(places, columns, width)
    }

    private static func widths(of columns: [TableView.Column], in width: Int) -> [Int] {
        var widths = columns.map(\.naturalWidth)
        var excess = widths.reduce(0, +) + gap * max(0, columns.count - 1) - width
        func widest(_ isName: Bool) -> Int? {
            columns.indices.filter { columns[$0].isName == isName && widths[$0] > columns[$0].leastWidth }.max { widths[$0] < widths[$1] }
        }
        while excess > 0, let column = widest(false) ?? widest(true) {
            widths[column] -= 1
            excess -= 1
        }
        return widths
    }

    /// Spreads what is left over to the gaps: numbers stay near their headings, and wide screens are easier to read.
    private static func withSlack(_ places: [Place], _ columns: [TableView.Column], _ width: Int) -> [Place] {
        guard let last = places.last, places.count > 1, !last.isCut, last.column == columns.count - 1 else { return places }
        let slack = width - last.start - last.width
        let extra = min(2, slack / (places.count - 1))
        return places.enumerated().map { index, place in
            Place(column: place.column, start: place.start + index * extra, width: place.width, isCut: false)
        }
    }
}
