extension StyledText {
    /// The same text with `change` applied to the characters in `range`.
    package func restyled(_ range: Range<Int>, _ change: (Style) -> Style) -> StyledText {
        var result = StyledText()
        var position = 0
        for run in runs {
            let count = run.text.count
            let start = max(0, min(count, range.lowerBound - position))
            let end = max(start, min(count, range.upperBound - position))
            for (part, isInside) in [
                (run.text.prefix(start), false), (run.text.dropFirst(start).prefix(end - start), true), (run.text.dropFirst(end), false),
            ]
            where !part.isEmpty {
                result.append(String(part), isInside ? change(run.style) : run.style)
            }
            position += count
        }
        return result
    }

    /// The text cut into lines of at most `width` cells.
    /// - Parameter atWords: cuts at blanks where there are any, as text to read wants it.
    package func wrapped(_ width: Int, atWords: Bool = false) -> [StyledText] {
        guard width > 0, self.width > width else { return [self] }
        var lines: [StyledText] = []
        var line: [(scalar: Unicode.Scalar, style: Style)] = []
        var left = width
        for run in runs {
            for scalar in run.text.unicodeScalars {
                let needed = TextWidth.of(scalar)
                if needed > left {
                    // A blank early in the line would leave most of it empty.
                    let blank = atWords ? line.lastIndex { $0.scalar == " " }.flatMap { $0 > width / 3 ? $0 : nil } : nil
                    lines.append(Self.joined(line[..<(blank ?? line.count)]))
                    line = blank.map { Array(line[($0 + 1)...]) } ?? []
                    left = width - line.reduce(0) { $0 + TextWidth.of($1.scalar) }
                }
                line.append((scalar, run.style))
                left -= needed
            }
        }
        lines.append(Self.joined(line[...]))
        return lines
    }

    private static func joined(_ cells: ArraySlice<(scalar: Unicode.Scalar, style: Style)>) -> StyledText {
        var text = StyledText()
        var part = String.UnicodeScalarView()
        var style: Style?
        for cell in cells {
            if let old = style, old != cell.style {
                text.append(String(part), old)
                part = String.UnicodeScalarView()
            }
            style = cell.style
            part.append(cell.scalar)
        }
        if let style { text.append(String(part), style) }
        return text
    }

    /// Cut to `width` cells, the last of them an ellipsis where something was cut.
    package func truncated(_ width: Int) -> StyledText {
        guard self.width > width, let first = wrapped(max(1, width - 1)).first else { return self }
        return first + StyledText("…", first.runs.last?.style ?? .plain)
    }
}
