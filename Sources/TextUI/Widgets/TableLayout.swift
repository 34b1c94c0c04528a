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
        for isName in [false, true] {
            let excess = widths.reduce(0, +) + gap * max(0, columns.count - 1) - width
            if excess > 0 { shrink(&widths, columns.indices.filter { columns[$0].isName == isName }, columns, by: excess) }
        }
        return widths
    }

    /// Takes width from the widest columns, all down to one width, the first ones one cell more where it does not come out even.
    private static func shrink(_ widths: inout [Int], _ indices: [Int], _ columns: [TableView.Column], by excess: Int) {
        func shrunk(_ index: Int, to limit: Int) -> Int { min(widths[index], max(limit, columns[index].leastWidth)) }
        func total(_ limit: Int) -> Int { indices.reduce(0) { $0 + shrunk($1, to: limit) } }
        let wanted = indices.reduce(0) { $0 + widths[$1] } - excess
        var limits = 0..<(indices.map { widths[$0] }.max() ?? 0)
        while !limits.isEmpty {
            let middle = limits.lowerBound + limits.count / 2
            limits = total(middle + 1) <= wanted ? middle + 1..<limits.upperBound : limits.lowerBound..<middle
        }
        let limit = limits.lowerBound
        var rest = max(0, wanted - total(limit))
        for index in indices.reversed() {
            let (least, more) = (shrunk(index, to: limit), shrunk(index, to: limit + 1))
            widths[index] = rest > 0 ? more : least
            if more > least, rest > 0 { rest -= 1 }
        }
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
