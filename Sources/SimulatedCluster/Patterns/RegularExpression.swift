/// A regular expression that is matched in time that grows with the text and no faster, as Go's are: what clients write as a pattern
/// can't hold the cluster.
///
/// All ways in which the text so far may match are followed at once (Thompson's construction, with Pike's way of keeping groups).
struct RegularExpression {
    enum Syntax {
        /// Go's, which is RE2's.
        case go
        /// POSIX's, with `\(`, `\{` and `\|` for what is not literal.
        case basic
        case extended
    }

    /// Why a text is no expression, in Go's words.
    struct Failure: Error, Equatable {
        let message: String
    }

    /// Where a match lies in the text, and where its groups do.
    struct Match {
        /// Of the whole match, and of the groups in the order of their brackets; nil for those that took no part.
        let groups: [Range<Int>?]
        let range: Range<Int>
    }

    private let program: PatternProgram
    /// Of several matches that begin at the same place the longest counts, as POSIX has it, and not the one that the pattern tries first.
    private let isLongest: Bool

    init(_ pattern: String, syntax: Syntax = .go, isCaseless: Bool = false) throws(Failure) {
        var parser = PatternParser(pattern, syntax: syntax, isCaseless: isCaseless)
        let (node, groups) = try parser.parse()
        program = try PatternProgram(node, groups: groups)
        isLongest = syntax != .go
    }

    /// A pattern, in POSIX's extended syntax, for a text as it is.
    static func literal(_ text: String) -> String {
        text.map { ".[]()*+?{}|^$\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    func matches(_ text: String) -> Bool {
        firstMatch(in: Array(text.unicodeScalars)) != nil
    }

    /// The leftmost match that begins at a place or behind it.
    func firstMatch(in text: [Unicode.Scalar], from start: Int = 0) -> Match? {
        var machine = PatternMachine(program, text: text, isLongest: isLongest)
        guard let places = machine.run(from: start) else { return nil }
        let groups = stride(from: 0, to: places.count, by: 2).map { index in
            places[index] < 0 || places[index + 1] < 0 ? nil : places[index]..<places[index + 1]
        }
        return groups[0].map { Match(groups: groups, range: $0) }
    }

    /// All matches one after the other, none of which overlaps another.
    func matches(in text: [Unicode.Scalar]) -> [Match] {
        var matches: [Match] = []
        var start = 0
        while start <= text.count, let match = firstMatch(in: text, from: start) {
            // Nothing is no match where another one has just ended.
            if !match.range.isEmpty || match.range.lowerBound != matches.last?.range.upperBound { matches.append(match) }
            start = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
        }
        return matches
    }
}
