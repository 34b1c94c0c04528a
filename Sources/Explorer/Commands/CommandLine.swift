package import ResourceTables

/// A line of the `:` prompt, taken apart as K9s does: a name, then in any order a namespace, a `/filter`, labels and a `@context`,
/// or several.
package struct CommandLine: Sendable, Hashable {
    package var name: String
    /// Words that are none of the other parts: a namespace for resources, whatever a command makes of them otherwise.
    package var arguments: [String] = []
    /// As the `/` prompt writes it: `text`, `!text`, `-f text`.
    package var filter: String?
    /// `app=web,tier!=db`.
    package var labelSelector: String?
    /// `@a,@b`.
    package var contexts: [String] = []

    /// Nil for a blank line.
    package init?(_ text: String) {
        var words = Self.words(text)[...]
        guard let name = words.popFirst() else { return nil }
        self.name = name.lowercased()
        while let word = words.popFirst() {
            if word.hasPrefix("/") {
                // A filter may hold spaces: it goes on to the end of the line.
                filter = ([String(word.dropFirst())] + words).joined(separator: " ")
                words = []
            } else if word == "-f", let text = words.popFirst() {
                filter = "-f \(text)"
            } else if word == "-l", let text = words.popFirst() {
                labelSelector = text
            } else if word.hasPrefix("@"), word.count > 1 {
                contexts += word.split(separator: ",").map { String($0.hasPrefix("@") ? $0.dropFirst() : $0) }
            } else if ["in", "notin"].contains(word), words.first?.hasPrefix("(") == true, let key = arguments.popLast() {
                let end = words.firstIndex { $0.hasSuffix(")") } ?? words.index(before: words.endIndex)
                let condition = ([key, word] + words[...end]).joined(separator: " ")
                labelSelector = labelSelector.map { "\($0),\(condition)" } ?? condition
                words = words[(end + 1)...]
            } else if Self.looksLikeLabels(word) {
                labelSelector = labelSelector.map { "\($0),\(word)" } ?? word
            } else {
                arguments.append(word)
            }
        }
    }

    /// What follows the name, as a line of its own; nil when nothing does.
    package var text: String? {
        // The filter goes on to the end of the line.
        let parts =
            arguments + [labelSelector.map(Self.quoted), contexts.isEmpty ? nil : contextText, filter.map { "/" + $0 }].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// `@a,@b`.
    package var contextText: String { contexts.map { "@" + $0 }.joined(separator: ",") }

    /// The namespaces of a command about a resource; nil when none were given.
    /// Of several words (`a,b !c`) what the first ones name without what the others leave out.
    package var namespaces: NamespaceChoice? {
        arguments.first.flatMap(NamespaceChoice.init).map { first in
            arguments.dropFirst().compactMap(NamespaceChoice.init).reduce(first) { $0.combined(with: $1) }
        }
    }

    static func quoted(_ word: String) -> String {
        word.contains(" ") ? "'\(word)'" : word
    }

    private static func looksLikeLabels(_ word: String) -> Bool {
        word.contains("=") || word.contains(" in (") || word.contains(" notin (")
    }

    /// Words between blanks; quotes keep blanks.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        var isOpen = false
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                isOpen = true
            } else if character == " " {
                if isOpen { words.append(word) }
                (word, isOpen) = ("", false)
            } else {
                word.append(character)
                isOpen = true
            }
        }
        if isOpen { words.append(word) }
        return words
    }
}
