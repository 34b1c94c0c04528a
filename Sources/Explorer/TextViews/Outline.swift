import KubernetesModel
import TextUI

/// Names and values below each other, values aligned, nested ones indented.
struct Outline {
    private static let valueColumn = 22

    private(set) var lines: [StyledText] = []
    private let theme: Theme

    init(theme: Theme) {
        self.theme = theme
    }

    mutating func field(_ name: String, _ value: String, depth: Int = 0) {
        let texts = SafeText.lines(value)
        let indentation = String(repeating: "  ", count: depth)
        let padding = String(repeating: " ", count: max(1, Self.valueColumn - indentation.count - TextWidth.of(name) - 1))
        lines.append(
            StyledText([
                .init(indentation + SafeText.line(name), theme[.yamlKey]), .init(":" + padding, theme[.yamlColon]),
                .init(texts.first ?? "", theme[.yamlValue]),
            ]))
        for text in texts.dropFirst() {
            lines.append(StyledText(String(repeating: " ", count: Self.valueColumn) + text, theme[.yamlValue]))
        }
    }

    mutating func heading(_ name: String, depth: Int) {
        let indentation = String(repeating: "  ", count: depth)
        lines.append(StyledText([.init(indentation + SafeText.line(name), theme[.yamlKey]), .init(":", theme[.yamlColon])]))
    }

    /// A map of texts, one pair a line.
    mutating func pairs(_ name: String, _ value: JSONValue?, separator: String) {
        guard case .object(let map)? = value, !map.isEmpty else { return field(name, "<none>") }
        field(name, map.map { key, value in key + separator + (value.stringValue ?? "\(value)") }.joined(separator: "\n"))
    }

    /// Anything, as deep as it goes. Of a secret only the sizes are told.
    mutating func value(_ name: String, _ value: JSONValue, depth: Int, isSecret: Bool = false) {
        switch value {
        case .object(let map) where map.isEmpty: field(name, "{}", depth: depth)
        case .object(let map):
            heading(name, depth: depth)
            for (key, value) in map {
                if isSecret {
                    field(key, "\((value.stringValue ?? "").utf8.count * 3 / 4) bytes", depth: depth + 1)
                } else {
                    self.value(depth == 0 ? ObjectDescription.words(key) : key, value, depth: depth + 1)
                }
            }
        case .array(let items): list(name, items, depth: depth)
        case .string(let text): field(name, text, depth: depth)
        default: field(name, "\(value)", depth: depth)
        }
    }

    private mutating func list(_ name: String, _ items: [JSONValue], depth: Int) {
        let plain = items.compactMap(\.stringValue)
        if plain.count == items.count {
            return field(name, plain.isEmpty ? "<none>" : plain.joined(separator: plain.count > 4 ? "\n" : ", "), depth: depth)
        }
        heading(name, depth: depth)
        for (index, item) in items.enumerated() {
            // What a list's items are told apart by stands in for their number.
            let title = item["name"]?.stringValue ?? item["type"]?.stringValue ?? item["key"]?.stringValue ?? "\(index + 1)"
            value(title, item, depth: depth + 1)
        }
    }
}
