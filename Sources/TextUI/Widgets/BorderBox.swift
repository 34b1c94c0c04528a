/// A frame with a title in its upper line and, at the right end, a note.
package struct BorderBox: Sendable {
    package var title: StyledText
    package var note: StyledText
    package var style: Style
    package var lines: LineSet

    package init(title: StyledText = StyledText(), note: StyledText = StyledText(), style: Style = .plain, lines: LineSet = .unicode) {
        self.title = title
        self.note = note
        self.style = style
        self.lines = lines
    }

    /// Draws the frame and returns the rectangle inside it.
    @discardableResult
    package func draw(in area: Rect, on frame: inout Frame) -> Rect {
        guard area.width >= 2, area.height >= 2 else { return area.inset() }
        let right = area.maxX - 1
        let bottom = area.maxY - 1
        for x in (area.minX + 1)..<max(area.minX + 1, right) {
            put(lines.horizontal, x, area.minY, on: &frame)
            put(lines.horizontal, x, bottom, on: &frame)
        }
        for y in (area.minY + 1)..<max(area.minY + 1, bottom) {
            put(lines.vertical, area.minX, y, on: &frame)
            put(lines.vertical, right, y, on: &frame)
        }
        put(lines.topLeft, area.minX, area.minY, on: &frame)
        put(lines.topRight, right, area.minY, on: &frame)
        put(lines.bottomLeft, area.minX, bottom, on: &frame)
        put(lines.bottomRight, right, bottom, on: &frame)
        drawTitles(in: Rect(x: area.minX + 1, y: area.minY, width: area.width - 2, height: 1), on: &frame)
        return area.inset()
    }

    /// A note is cut to so much at the least; less says nothing.
    private static let leastNote = 12

    private func put(_ scalar: Unicode.Scalar, _ x: Int, _ y: Int, on frame: inout Frame) {
        frame.write(String(scalar), at: Point(x: x, y: y), style: style)
    }

    private func drawTitles(in line: Rect, on frame: inout Frame) {
        var free = line
        let room = line.width - title.width - 5
        let note = note.width > room && room >= Self.leastNote ? note.truncated(room) : note
        if note.width > 0, note.width <= room {
            let start = line.maxX - note.width - 2
            frame.write(" ", at: Point(x: start, y: line.minY), style: style)
            let end = frame.write(note, at: Point(x: start + 1, y: line.minY), in: line)
            frame.write(" ", at: Point(x: end, y: line.minY), style: style)
            free = Rect(x: line.minX, y: line.minY, width: line.width - note.width - 2, height: 1)
        }
        guard !title.runs.isEmpty, free.width > 2 else { return }
        frame.write(" ", at: free.origin, style: style)
        let space = Rect(x: free.minX + 1, y: free.minY, width: free.width - 2, height: 1)
        let end = frame.write(title.truncated(space.width), at: space.origin, in: space)
        frame.write(" ", at: Point(x: min(end, space.maxX), y: free.minY), style: style)
    }
}
