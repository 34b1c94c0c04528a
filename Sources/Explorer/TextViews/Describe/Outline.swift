import KubernetesModel
import TextUI

/// A text of a description that may lead to an object.
struct LinkedText: Hashable, ExpressibleByStringLiteral {
    let text: String
    var link: ObjectReference?

    init(_ text: String, link: ObjectReference? = nil) {
        self.text = text
        self.link = link
    }

    init(stringLiteral value: String) {
        self.init(value)
    }
}

/// Names and values below each other, values aligned, nested ones indented.
struct Outline {
    private static let valueColumn = 22

    private(set) var lines: [StyledText] = []
    private(set) var links: [TextLink] = []
    let theme: Theme

    init(theme: Theme) {
        self.theme = theme
    }

    mutating func field(_ name: String, _ value: String, depth: Int = 0, link: ObjectReference? = nil) {
        values(name, SafeText.lines(value).map { LinkedText($0, link: link) }, depth: depth)
    }

    /// Several values of one name, below each other.
    mutating func values(_ name: String, _ values: [LinkedText], depth: Int = 0) {
        let indentation = String(repeating: "  ", count: depth)
        let padding = String(repeating: " ", count: max(1, Self.valueColumn - indentation.count - TextWidth.of(name) - 1))
        let label = StyledText([.init(indentation + name, theme[.yamlKey]), .init(":" + padding, theme[.yamlColon])])
        let blank = StyledText(String(repeating: " ", count: label.width))
        for (index, value) in (values.isEmpty ? [""] : values).enumerated() { add(value, after: index == 0 ? label : blank) }
    }

    mutating func heading(_ name: String, depth: Int = 0) {
        let indentation = String(repeating: "  ", count: depth)
        lines.append(StyledText([.init(indentation + name, theme[.yamlKey]), .init(":", theme[.yamlColon])]))
    }

    /// A line that is no name with a value.
    mutating func line(_ text: LinkedText, depth: Int = 0) {
        for part in SafeText.lines(text.text) {
            add(LinkedText(part, link: text.link), after: StyledText(String(repeating: "  ", count: depth)))
        }
    }

    mutating func blank() {
        lines.append(StyledText())
    }

    mutating func add(_ line: StyledText) {
        lines.append(line)
    }

    private mutating func add(_ value: LinkedText, after start: StyledText) {
        let text = SafeText.line(value.text)
        note(value.link, from: start.plain.count, text.count)
        lines.append(start + StyledText(text, value.link == nil ? theme[.yamlValue] : theme[.yamlValue].with(.underline)))
    }

    /// Remembers a link in the line that comes next.
    private mutating func note(_ link: ObjectReference?, from start: Int, _ count: Int) {
        guard let link, count > 0 else { return }
        links.append(TextLink(stop: TextStop(line: lines.count, range: start..<(start + count)), reference: link))
    }

    /// A map of texts, one pair a line.
    mutating func pairs(_ name: String, _ value: JSONValue?, separator: String, depth: Int = 0) {
        guard case .object(let map)? = value, !map.isEmpty else { return field(name, "<none>", depth: depth) }
        let pairs = map.sorted { $0.key < $1.key }.map { key, value in key + separator + (value.stringValue ?? "\(value)") }
        field(name, pairs.joined(separator: "\n"), depth: depth)
    }

    /// Titles over columns as wide as their widest cells.
    mutating func table(_ titles: [String], _ rows: [[LinkedText]], depth: Int = 1, style: (Int) -> StyleRole = { _ in .yamlValue }) {
        let cells = rows.map { $0.map { LinkedText(SafeText.line($0.text), link: $0.link) } }
        let widths = titles.indices.map { column in
            max(TextWidth.of(titles[column]), cells.map { column < $0.count ? TextWidth.of($0[column].text) : 0 }.max() ?? 0)
        }
        let indentation = String(repeating: "  ", count: depth)
        let header = zip(titles, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
        lines.append(StyledText(indentation + header.trimmedAtEnd, theme[.yamlKey]))
        for (index, wholeRow) in cells.enumerated() {
            // Nothing stands behind the last cell that says something.
            let row = wholeRow.prefix((wholeRow.lastIndex { !$0.text.isEmpty } ?? -1) + 1)
            var line = StyledText(indentation)
            for (column, cell) in row.enumerated() {
                if column > 0 { line.append("  ") }
                note(cell.link, from: line.plain.count, cell.text.count)
                let text = column == row.count - 1 ? cell.text : cell.text.padded(to: widths[column])
                line.append(text, cell.link == nil ? theme[style(index)] : theme[style(index)].with(.underline))
            }
            lines.append(line)
        }
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
