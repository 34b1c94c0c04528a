import Testing
import TextUI

@testable import Explorer

@Suite("YAMLHighlighter")
struct YAMLHighlighterTests {
    private static let theme = Theme(
        name: "test", styles: [.yamlKey: Style(attributes: .bold), .yamlColon: Style(attributes: .dim), .yamlValue: .plain]
    )

    private func keys(_ line: String) -> [String] {
        YAMLHighlighter(theme: Self.theme).line(line).runs.filter { $0.style.attributes == .bold }.map(\.text)
    }

    @Test(
        "the key of a line is found, a colon in a value is none",
        arguments: [
            ("kind: Pod", ["kind"]), ("  - name: web", ["name"]), ("spec:", ["spec"]), ("\"a b\": 1", ["\"a b\""]), ("- plain", []),
            ("image: nginx:1.27", ["image"]), ("- http://host:80", []), ("text with: a colon", []), ("", []),
        ]
    )
    func key(line: String, expected: [String]) {
        #expect(keys(line) == expected)
        #expect(YAMLHighlighter(theme: Self.theme).line(line).plain == line)
    }
}
