/// One line of text in several styles, safe to show: nothing in it can steer a terminal or reorder a line, wherever it comes from.
package struct StyledText: Sendable, Hashable {
    package struct Run: Sendable, Hashable {
        package let text: String
        package var style: Style

        package init(_ text: String, _ style: Style) {
            self.text = SafeText.line(text)
            self.style = style
        }
    }

    package private(set) var runs: [Run]

    package init(_ runs: [Run] = []) {
        self.runs = runs
    }

    package init(_ text: String, _ style: Style = .plain) {
        self.runs = [Run(text, style)]
    }

    package var plain: String { runs.map(\.text).joined() }
    package var width: Int { runs.reduce(0) { $0 + TextWidth.of($1.text) } }

    package mutating func append(_ text: String, _ style: Style = .plain) {
        runs.append(Run(text, style))
    }

    package static func + (left: StyledText, right: StyledText) -> StyledText {
        StyledText(left.runs + right.runs)
    }
}
