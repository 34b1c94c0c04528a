/// The commands given, for `[`, `]`, `-` and the prompt's arrows; likewise the filters.
struct CommandHistory {
    private static let limit = 200

    private(set) var entries: [String] = []
    /// The place that `[` and `]` move; the count when at the newest.
    private var position = 0

    /// Remembers a command as the newest; the same one twice in a row counts once.
    mutating func record(_ command: String) {
        if entries.last != command { entries.append(command) }
        if entries.count > Self.limit { entries.removeFirst() }
        position = entries.count - 1
    }

    mutating func back() -> String? {
        guard position > 0, !entries.isEmpty else { return nil }
        position -= 1
        return entries[position]
    }

    mutating func forward() -> String? {
        guard position + 1 < entries.count else { return nil }
        position += 1
        return entries[position]
    }

    /// What was typed before and begins with a text, the newest first and each but once.
    func entries(startingWith text: String) -> [String] {
        var seen: Set<String> = [text]
        return Array(entries.reversed().filter { $0.hasPrefix(text) && seen.insert($0).inserted }.prefix(8))
    }

    /// The one before the newest.
    var previous: String? { entries.count > 1 ? entries[entries.count - 2] : nil }
}
