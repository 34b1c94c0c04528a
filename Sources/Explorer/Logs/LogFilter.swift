import TextUI

/// Which lines of a log are shown: `text` (a regular expression), `!text` for all others, `-f text` for its letters in this order,
/// `level>=warn` and the like for the parts of structured lines. Several conditions on parts are separated by blanks.
struct LogFilter {
    private enum Test {
        case text(TextSearch, isInverse: Bool)
        case letters([Character])
        case fields([LogFieldCondition])
    }

    let text: String
    private let test: Test

    /// Nil when the text is no regular expression.
    init?(_ text: String) {
        self.text = text
        let conditions = text.split(separator: " ").map { LogFieldCondition(String($0)) }
        if !conditions.isEmpty, !conditions.contains(where: { $0 == nil }) {
            test = .fields(conditions.compactMap(\.self))
        } else if text.hasPrefix("-f ") {
            test = .letters(Array(text.dropFirst(3).lowercased()))
        } else {
            let isInverse = text.hasPrefix("!")
            guard let search = TextSearch(isInverse ? String(text.dropFirst()) : text) else { return nil }
            test = .text(search, isInverse: isInverse)
        }
    }

    /// What to highlight; nil where lines are shown for what is not in them.
    var highlight: TextSearch? {
        if case .text(let search, isInverse: false) = test { search } else { nil }
    }

    func admits(_ entry: LogEntry) -> Bool {
        if entry.kind != .output { return true }
        switch test {
        case .text(let search, let isInverse): return search.isFound(in: entry.text) != isInverse
        case .letters(let letters): return Self.contains(letters, entry.text)
        case .fields(let conditions):
            let line = StructuredLine(entry.text)
            return conditions.allSatisfy { $0.holds(for: line) }
        }
    }

    private static func contains(_ letters: [Character], _ text: String) -> Bool {
        var rest = letters[...]
        for character in text.lowercased() where character == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }
}
