import TextUI

/// Colours YAML line by line, as far as a line tells: keys, values, comments.
struct YAMLHighlighter {
    let theme: Theme

    func lines(_ text: String) -> [StyledText] {
        SafeText.lines(text).map(line)
    }

    func line(_ text: String) -> StyledText {
        guard let key = key(in: text) else { return StyledText(text, theme[.yamlValue]) }
        let rest = text[key.upperBound...]
        let colon = rest.prefix(1)
        return StyledText([
            .init(String(text[..<key.lowerBound]), theme[.yamlColon]),
            .init(String(text[key]), theme[.yamlKey]),
            .init(String(colon), theme[.yamlColon]),
            .init(String(rest.dropFirst()), theme[.yamlValue]),
        ])
    }

    /// The key of a line such as `  - name: value`; nil where there is none.
    private func key(in text: String) -> Range<String.Index>? {
        var start = text.startIndex
        while start < text.endIndex, text[start] == " " || text[start...].hasPrefix("- ") { start = text.index(after: start) }
        guard start < text.endIndex, let end = text[start...].firstIndex(of: ":") else { return nil }
        let after = text.index(after: end)
        guard after == text.endIndex || text[after] == " " else { return nil }
        // A colon inside a quoted value is no key's.
        return text[start..<end].contains(where: { $0 == "\"" || $0 == " " }) && text[start] != "\"" ? nil : start..<end
    }
}
