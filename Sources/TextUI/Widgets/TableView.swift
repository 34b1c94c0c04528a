/// A table's visible rows below their headings. Cells are drawn by column widths that `TableLayout` has chosen.
package struct TableView: Sendable {
    package enum Alignment: Sendable, Hashable {
        case left, right
    }

    package struct Column: Sendable, Hashable {
        package var title: StyledText
        package var alignment: Alignment
        /// The width its longest visible cell or its title needs.
        package var naturalWidth: Int
        /// What it may be squeezed to before columns are pushed off the right edge.
        package var leastWidth: Int
        /// Whether it keeps its width as long as others can give up theirs, and stays when columns are scrolled off to the left.
        package var isName: Bool

        /// - Parameter leastWidth: nil keeps the natural width.
        package init(title: StyledText, alignment: Alignment = .left, naturalWidth: Int, leastWidth: Int? = nil, isName: Bool = false) {
            self.title = title
            self.alignment = alignment
            self.naturalWidth = max(naturalWidth, title.width)
            self.leastWidth = min(leastWidth ?? self.naturalWidth, self.naturalWidth)
            self.isName = isName
        }
    }

    package struct Row: Sendable, Hashable {
        package var cells: [StyledText]
        /// For the gaps between cells, and for the whole line when the row is selected.
        package var style: Style
        /// A character before the first cell: `▸` selected, `*` marked.
        package var marker: Unicode.Scalar
        /// A second character before the first cell, where the table has signs.
        package var sign: Unicode.Scalar

        package init(cells: [StyledText], style: Style = .plain, marker: Unicode.Scalar = " ", sign: Unicode.Scalar = " ") {
            self.cells = cells
            self.style = style
            self.marker = marker
            self.sign = sign
        }
    }

    package var columns: [Column]
    package var rows: [Row]
    package var headerStyle: Style
    /// How many columns are scrolled off to the left; the names stay.
    package var columnOffset: Int
    /// Whether rows have a sign beside their marker.
    package var hasSigns: Bool

    package init(columns: [Column], rows: [Row], headerStyle: Style = .plain, columnOffset: Int = 0, hasSigns: Bool = false) {
        self.columns = columns
        self.rows = rows
        self.headerStyle = headerStyle
        self.columnOffset = columnOffset
        self.hasSigns = hasSigns
    }

    private var margin: Int { hasSigns ? 2 : 1 }

    /// Draws the headings in the first line and the rows below; rows beyond the last line are left out.
    /// - Returns: where on the screen each heading stands, by the index of its column.
    @discardableResult
    package func draw(in area: Rect, on frame: inout Frame) -> [Int: Range<Int>] {
        guard !area.isEmpty else { return [:] }
        let places = TableLayout(columns: columns, columnOffset: columnOffset, width: area.width - margin).places
        frame.fill(area.row(0), with: Cell(" ", headerStyle))
        for place in places {
            drawCell(columns[place.column].title, place, area.row(0), on: &frame)
        }
        if columnOffset > 0 { frame.write("‹", at: area.origin, style: headerStyle, in: area) }
        if let last = places.last, last.column < columns.count - 1 || last.isCut {
            frame.write("›", at: Point(x: area.maxX - 1, y: area.minY), style: headerStyle)
        }
        for (index, row) in rows.prefix(area.height - 1).enumerated() {
            draw(row, in: area.row(index + 1), places, on: &frame)
        }
        return Dictionary(
            uniqueKeysWithValues: places.map { place in
                let start = area.minX + margin + place.start
                return (place.column, start..<(start + place.width))
            })
    }

    private func draw(_ row: Row, in line: Rect, _ places: [TableLayout.Place], on frame: inout Frame) {
        frame.fill(line, with: Cell(" ", row.style))
        frame.write(String(row.marker), at: line.origin, style: row.style, in: line)
        if hasSigns { frame.write(String(row.sign), at: Point(x: line.minX + 1, y: line.minY), style: row.style, in: line) }
        for place in places where place.column < row.cells.count {
            drawCell(row.cells[place.column], place, line, on: &frame)
        }
    }

    private func drawCell(_ text: StyledText, _ place: TableLayout.Place, _ line: Rect, on frame: inout Frame) {
        let cell = Rect(x: line.minX + margin + place.start, y: line.minY, width: place.width, height: 1).intersection(line)
        let width = text.width
        let shift = columns[place.column].alignment == .right && !place.isCut ? max(0, place.width - width) : 0
        frame.write(text, at: Point(x: cell.minX + shift, y: cell.minY), in: cell)
        if width > cell.width, cell.width > 0 {
            let style = text.runs.last?.style ?? .plain
            frame.write("…", at: Point(x: cell.maxX - 1, y: cell.minY), style: style, in: cell)
        }
    }
}
