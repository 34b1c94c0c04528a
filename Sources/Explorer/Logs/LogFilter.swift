import TextUI

/// Which lines of a log are shown: `text` (a regular expression), `!text` for all others, `-f text` for its letters in this order.
struct LogFilter {
    let text: String
    private let isInverse: Bool
    private let letters: [Character]?
    private let search: TextSearch?

    /// Nil when the text is no regular expression.
    init?(_ text: String) {
        self.text = text
        if text.hasPrefix("-f ") {
            (isInverse, letters, search) = (false, Array(text.dropFirst(3).lowercased()), nil)
        } else {
            isInverse = text.hasPrefix("!")
            letters = nil
            search = TextSearch(isInverse ? String(text.dropFirst()) : text)
            if search == nil { return nil }
        }
    }

    /// What to highlight; nil where lines are shown for what is not in them.
    var highlight: TextSearch? { isInverse ? nil : search }

    func admits(_ entry: LogEntry) -> Bool {
        if entry.kind != .output { return true }
        if let letters { return Self.contains(letters, entry.text) }
        return search?.isFound(in: entry.text) != isInverse
    }

    private static func contains(_ letters: [Character], _ text: String) -> Bool {
        var rest = letters[...]
        for character in text.lowercased() where character == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }
}
