/// Finds a text or pattern in lines and remembers which match is the current one.
package struct TextSearch {
    package struct Match: Sendable, Hashable {
        package let line: Int
        /// Characters of the line.
        package let range: Range<Int>

        package init(line: Int, range: Range<Int>) {
            self.line = line
            self.range = range
        }
    }

    package let pattern: String
    private let expression: Regex<AnyRegexOutput>

    /// A regular expression, case ignored; nil when `pattern` is none.
    package init?(_ pattern: String) {
        guard !pattern.isEmpty, let expression = try? Regex(pattern) else { return nil }
        self.pattern = pattern
        self.expression = expression.ignoresCase()
    }

    package func matches(in text: String) -> [Range<Int>] {
        text.matches(of: expression).compactMap { match in
            guard !match.range.isEmpty else { return nil }
            let start = text.distance(from: text.startIndex, to: match.range.lowerBound)
            return start..<(start + text.distance(from: match.range.lowerBound, to: match.range.upperBound))
        }
    }

    package func isFound(in text: String) -> Bool {
        text.firstMatch(of: expression) != nil
    }

    package func matches(in lines: [String]) -> [Match] {
        lines.enumerated().flatMap { index, line in matches(in: line).map { Match(line: index, range: $0) } }
    }
}
