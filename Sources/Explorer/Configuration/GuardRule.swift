import Yams

/// Which contexts are guarded how: an entry of `guards.yaml`, `staging|test: open`.
struct GuardRule: Sendable, Hashable {
    /// A regular expression.
    let pattern: String
    let level: GuardLevel
    /// Where it stands: `guards.yaml line 3`.
    var place = ""

    /// The shipped rule, for contexts that no other is about.
    static let production = GuardRule(pattern: "prod|production|prd|live", level: .strict)

    /// Whether the pattern is found in a context's name as words of their own, however they are written: `prod` in `EU-Prod-1`, and
    /// not in `reprodb`.
    func matches(_ name: String) -> Bool {
        guard let words = try? Self.words(pattern) else { return false }
        return name.matches(of: words).contains { match in
            let start = match.range.lowerBound
            return start == name.startIndex || !name[name.index(before: start)].isLetter
        }
    }

    /// Found up to the end of a word.
    private static func words(_ pattern: String) throws -> Regex<AnyRegexOutput> {
        try Regex("(?:\(pattern))(?!\\p{L})").ignoresCase()
    }

    static func read(_ document: inout SettingsDocument, into configuration: inout Configuration) {
        for (pattern, value) in document.entries() {
            guard (try? Self.words(pattern)) != nil else {
                document.report(value, "\(pattern) is no regular expression")
                continue
            }
            guard let level = value.string.flatMap(GuardLevel.init(rawValue:)) else {
                document.report(value, "\(pattern): a guard is \(GuardLevel.allCases.map(\.rawValue).joined(separator: ", "))")
                continue
            }
            configuration.guards.append(GuardRule(pattern: pattern, level: level, place: document.place(of: value)))
        }
    }
}
