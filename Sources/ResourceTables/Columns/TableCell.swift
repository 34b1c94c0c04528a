package import KubernetesModel

/// One cell: what is shown, and by what it is sorted.
package enum TableCell: Sendable, Hashable {
    case text(String)
    case number(Int)
    /// `1/2`, sorted by the share.
    case ratio(Int, of: Int)
    /// A text that stands for an amount, such as `1Gi` or `41%`.
    case amount(String, value: Double)
    /// How long ago something happened; its text changes as time passes.
    case age(Instant)
    /// Not known, or not there: sorted after everything else.
    case missing(String)

    package static let none = TableCell.missing("<none>")
    package static let unknownAge = TableCell.missing("<unknown>")

    package func text(now: Instant) -> String {
        switch self {
        case .text(let text), .amount(let text, _), .missing(let text): text
        case .number(let number): String(number)
        case .ratio(let part, let whole): "\(part)/\(whole)"
        case .age(let instant): HumanDuration.text(since: instant, now: now)
        }
    }

    /// Of longer texts the beginning is kept, in characters.
    static let longest = 1000

    /// Whether it is longer than a person would look at, in bytes first: that is told at once.
    var isTooLong: Bool {
        switch self {
        case .text(let text), .amount(let text, _), .missing(let text): text.utf8.count > Self.longest
        case .number, .ratio, .age: false
        }
    }

    var cut: TableCell {
        func cut(_ text: String) -> String {
            let beginning = text.unicodeScalars.prefix(Self.longest)
            return beginning.endIndex == text.endIndex ? text : String(beginning) + "…"
        }
        return switch self {
        case .text(let text): .text(cut(text))
        case .amount(let text, let value): .amount(cut(text), value: value)
        case .missing(let text): .missing(cut(text))
        case .number, .ratio, .age: self
        }
    }

    /// What filters look at; nil for ages, which would match differently from second to second.
    var stableText: String? {
        switch self {
        case .age: nil
        case .missing(let text), .text(let text), .amount(let text, _): text
        case .number(let number): String(number)
        case .ratio(let part, let whole): "\(part)/\(whole)"
        }
    }

    private enum Key {
        case amount(Double)
        case text(String)
        case missing
    }

    private var key: Key {
        switch self {
        case .text(let text): .text(text)
        case .number(let number): .amount(Double(number))
        case .ratio(let part, let whole): .amount(whole == 0 ? 1 : Double(part) / Double(whole))
        case .amount(_, let value): .amount(value)
        // The younger the smaller, as the text says.
        case .age(let instant): .amount(-Double(instant.nanoseconds))
        case .missing: .missing
        }
    }

    /// Negative, zero or positive, as `self` comes before, with or after `other`: amounts by size, texts in natural order,
    /// what is missing last.
    func order(_ other: TableCell) -> Int {
        switch (key, other.key) {
        case (.amount(let left), .amount(let right)): left < right ? -1 : left > right ? 1 : 0
        case (.text(let left), .text(let right)): NaturalOrder.compare(left, right)
        case (.missing, .missing): 0
        case (.missing, _): 1
        case (_, .missing): -1
        case (.amount, .text): -1
        case (.text, .amount): 1
        }
    }

    /// How a cell changed: in which direction where that can be told.
    func change(from old: TableCell) -> CellChange? {
        if self == old { return nil }
        switch (key, old.key) {
        case (_, _) where isAge && old.isAge: return nil
        case (.amount(let new), .amount(let old)): return new > old ? .grew : new < old ? .shrank : .altered
        default: return .altered
        }
    }

    private var isAge: Bool {
        if case .age = self { true } else { false }
    }
}

package enum CellChange: Sendable, Hashable {
    case grew, shrank, altered
}
