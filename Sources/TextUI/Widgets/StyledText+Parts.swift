extension StyledText {
    /// The same text with `change` applied to the characters in `range`.
    package func restyled(_ range: Range<Int>, _ change: (Style) -> Style) -> StyledText {
        var result = StyledText()
        var position = 0
        for run in runs {
            let count = run.text.count
            let start = max(0, min(count, range.lowerBound - position))
            let end = max(start, min(count, range.upperBound - position))
            for (part, isInside) in [(run.text.prefix(start), false), (run.text.dropFirst(start).prefix(end - start), true), (run.text.dropFirst(end), false)]
            where !part.isEmpty {
                result.append(String(part), isInside ? change(run.style) : run.style)
            }
            position += count
        }
        return result
    }

    /// The text cut into lines of at most `width` cells.
    package func wrapped(_ width: Int) -> [StyledText] {
        guard width > 0, self.width > width else { return [self] }
        var lines: [StyledText] = []
        var line = StyledText()
        var left = width
        for run in runs {
            var part = String.UnicodeScalarView()
            for scalar in run.text.unicodeScalars {
                let needed = TextWidth.of(scalar)
                if needed > left {
                    line.append(String(part), run.style)
                    lines.append(line)
                    (line, part, left) = (StyledText(), String.UnicodeScalarView(), width)
                }
                part.append(scalar)
                left -= needed
            }
            if !part.isEmpty { line.append(String(part), run.style) }
        }
        lines.append(line)
        return lines
    }

    /// Cut to `width` cells, the last of them an ellipsis where something was cut.
    package func truncated(_ width: Int) -> StyledText {
        guard self.width > width, let first = wrapped(max(1, width - 1)).first else { return self }
        return first + StyledText("…", first.runs.last?.style ?? .plain)
    }
}
