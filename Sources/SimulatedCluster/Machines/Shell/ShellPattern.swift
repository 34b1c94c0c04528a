/// A file name pattern: `*`, `?`, and everything else as it is.
struct ShellPattern {
    private let pattern: [Character]

    init(_ text: String) {
        pattern = Array(text)
    }

    var isLiteral: Bool { !pattern.contains("*") && !pattern.contains("?") }

    func matches(_ text: String) -> Bool {
        Self.matches(pattern[...], Array(text)[...])
    }

    /// The text without its shortest, or longest, beginning or end that matches; all of it when none does.
    func trimming(_ text: String, atEnd: Bool, longest: Bool) -> String {
        let characters = Array(text)
        let counts = longest ? Array((0...characters.count).reversed()) : Array(0...characters.count)
        for count in counts {
            let piece = atEnd ? characters.suffix(count) : characters.prefix(count)
            guard Self.matches(pattern[...], piece) else { continue }
            return String(atEnd ? characters.dropLast(count) : characters.dropFirst(count))
        }
        return text
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            if matches(pattern.dropFirst(), text) { return true }
            return !text.isEmpty && matches(pattern, text.dropFirst())
        }
        guard let character = text.first, first == "?" || first == character else { return false }
        return matches(pattern.dropFirst(), text.dropFirst())
    }
}
