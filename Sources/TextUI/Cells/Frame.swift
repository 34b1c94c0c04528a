/// Everything on the screen as a grid of cells. Writing outside does nothing.
package struct Frame: Sendable, Equatable {
    package let size: Size
    /// Row by row, `size.width * size.height` cells.
    package private(set) var cells: [Cell]
    /// The combining marks on characters, by the index of their cell: few have any.
    package private(set) var marks: [Int: [Unicode.Scalar]] = [:]
    /// Where the terminal's cursor stands; nil hides it.
    package var cursor: Point?

    package init(size: Size, filledWith cell: Cell = Cell()) {
        self.size = size
        self.cells = Array(repeating: cell, count: size.width * size.height)
    }

    package var bounds: Rect { Rect(origin: .zero, size: size) }

    /// A blank cell for a point outside.
    package subscript(point: Point) -> Cell {
        bounds.contains(point) ? cells[index(point)] : Cell()
    }

    private func index(_ point: Point) -> Int { point.y * size.width + point.x }

    // MARK: Writing

    /// Writes `text` from `point` to the right, up to the edge of `clip` (default: the whole frame). What could steer a terminal is made
    /// visible; combining marks stay on their character, as many as a terminal takes; what else has no width is dropped; a wide
    /// character that doesn't fit becomes a space.
    /// Returns the column after the last one written, or where it would be when clipped on the left.
    @discardableResult
    package mutating func write(_ text: some StringProtocol, at point: Point, style: Style = .plain, in clip: Rect? = nil) -> Int {
        write(safe: SafeText.line(String(text)), at: point, style, in: clip)
    }

    private mutating func write(safe text: String, at point: Point, _ style: Style, in clip: Rect?) -> Int {
        let clip = clip.map(bounds.intersection) ?? bounds
        guard clip.rows.contains(point.y) else { return point.x }
        var x = point.x
        // The cell of the last character, as long as marks may go on it.
        var base: Int?
        for scalar in text.unicodeScalars {
            let width = TextWidth.of(scalar)
            guard width > 0 else {
                if let base { add(scalar, toCell: base) }
                continue
            }
            guard x < clip.maxX else { break }
            base = nil
            if x >= clip.minX {
                if width == 1 || x + 1 < clip.maxX {
                    place(scalar, width: width, at: Point(x: x, y: point.y), style)
                    base = index(Point(x: x, y: point.y))
                } else {
                    place(" ", width: 1, at: Point(x: x, y: point.y), style)
                }
            }
            x += width
        }
        return x
    }

    private static let mostMarks = 4

    private mutating func add(_ mark: Unicode.Scalar, toCell index: Int) {
        guard TextWidth.isCombining(mark), marks[index, default: []].count < Self.mostMarks else { return }
        marks[index, default: []].append(mark)
    }

    /// Writes pieces of different styles one after the other.
    @discardableResult
    package mutating func write(_ text: StyledText, at point: Point, in clip: Rect? = nil) -> Int {
        var x = point.x
        for run in text.runs {
            x = write(safe: run.text, at: Point(x: x, y: point.y), run.style, in: clip)
        }
        return x
    }

    /// Fills the rectangle with copies of one narrow cell.
    package mutating func fill(_ rect: Rect, with cell: Cell = Cell()) {
        let rect = rect.intersection(bounds)
        for y in rect.rows {
            for x in rect.columns { place(cell.scalar, width: 1, at: Point(x: x, y: y), cell.style) }
        }
    }

    /// Changes the look of what is there.
    package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let rect = rect.intersection(bounds)
        for y in rect.rows {
            for x in rect.columns { change(&cells[index(Point(x: x, y: y))].style) }
        }
    }

    /// Puts a character into cells known to be inside, and blanks what is left of a wide one that it cuts in half.
    private mutating func place(_ scalar: Unicode.Scalar, width: Int, at point: Point, _ style: Style) {
        let first = index(point)
        if !marks.isEmpty { for index in first..<(first + width) { marks[index] = nil } }
        if cells[first].isContinuation {
            cells[first - 1].scalar = " "
            marks[first - 1] = nil
        }
        let last = first + width - 1
        if point.x + width < size.width, cells[last + 1].isContinuation { cells[last + 1].scalar = " " }
        cells[first] = Cell(scalar, style)
        if width == 2 { cells[last] = Cell(Cell.continuation, style) }
    }
}
