extension Frame {
    /// Writes a text in lines of the area's width, broken between words; what there is no room for is left out.
    package mutating func write(paragraph: StyledText, in area: Rect) {
        for (row, line) in paragraph.wrapped(max(1, area.width), atWords: true).prefix(max(0, area.height)).enumerated() {
            write(line, at: Point(x: area.minX, y: area.minY + row), in: area)
        }
    }
}
