/// A file name pattern: `*`, `?`, and everything else as it is.
///
/// A text is gone through once, with all places of the pattern in mind at which a match may stand: no pattern takes longer than its length
/// times that of the text.
struct ShellPattern {
    private let pattern: [Character]

    init(_ text: String) {
        pattern = Array(text)
    }

    var isLiteral: Bool { !pattern.contains("*") && !pattern.contains("?") }

    func matches(_ text: String) -> Bool {
        var places = Places(pattern)
        for character in text where !places.isEmpty { places.advance(over: character) }
        return places.isAtEnd
    }

    /// The text without its shortest, or longest, beginning or end that matches; all of it when none does.
    func trimming(_ text: String, atEnd: Bool, longest: Bool) -> String {
        let characters = Array(text)
        var places = Places(atEnd ? pattern.reversed() : pattern)
        var count: Int? = places.isAtEnd ? 0 : nil
        for offset in characters.indices where !places.isEmpty && (longest || count == nil) {
            places.advance(over: characters[atEnd ? characters.count - 1 - offset : offset])
            if places.isAtEnd { count = offset + 1 }
        }
        return String(atEnd ? characters.dropLast(count ?? 0) : characters.dropFirst(count ?? 0))
    }

    /// Where in the pattern what was read so far may end.
    private struct Places {
        private let pattern: [Character]
        /// Ascending.
        private var places: [Int] = []

        init(_ pattern: [Character]) {
            self.pattern = pattern
            Self.add(0, to: &places, pattern)
        }

        var isEmpty: Bool { places.isEmpty }
        var isAtEnd: Bool { places.last == pattern.count }

        mutating func advance(over character: Character) {
            var next: [Int] = []
            for place in places where place < pattern.count {
                switch pattern[place] {
                case "*": Self.add(place, to: &next, pattern)
                case "?", character: Self.add(place + 1, to: &next, pattern)
                default: break
                }
            }
            places = next
        }

        /// A star may stand for nothing, so that the place behind it is one as well.
        private static func add(_ place: Int, to places: inout [Int], _ pattern: [Character]) {
            var place = place
            while true {
                if places.last.map({ $0 < place }) ?? true { places.append(place) }
                guard place < pattern.count, pattern[place] == "*" else { return }
                place += 1
            }
        }
    }
}
