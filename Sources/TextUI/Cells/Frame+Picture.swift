/// Frames as text, for tests and for saving a screen.
extension Frame {
    /// What is shown, one line a row, without blanks at the ends of lines.
    package var picture: String {
        rows { line in
            var text = String.UnicodeScalarView()
            for index in line.indices where !line[index].isContinuation {
                text.append(line[index].scalar)
                if !marks.isEmpty { text.append(contentsOf: marks[index] ?? []) }
            }
            return String(text)
        }
    }

    /// One letter per cell for its style, as `legend` gives it; `.` for the plain style and `?` for one that has no letter.
    package func stylePicture(_ legend: [Style: Character]) -> String {
        rows { String($0.map { $0.style == .plain ? "." : legend[$0.style] ?? "?" }) }
    }

    private func rows(_ text: (ArraySlice<Cell>) -> String) -> String {
        (0..<size.height).map { y in
            let line = text(cells[(y * size.width)..<((y + 1) * size.width)])
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// A frame showing the lines of a picture in the plain style, as wide as the widest.
    package init(picture: String) {
        let lines = picture.split(separator: "\n", omittingEmptySubsequences: false)
        self.init(size: Size(width: lines.map { TextWidth.of($0) }.max() ?? 0, height: lines.count))
        for (y, line) in lines.enumerated() { write(line, at: Point(x: 0, y: y)) }
    }
}
