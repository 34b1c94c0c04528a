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
