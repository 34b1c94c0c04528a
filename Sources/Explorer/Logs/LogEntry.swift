package import KubernetesModel

/// One line of a log with where it comes from.
package struct LogEntry: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case output
        /// Put in by Fathom: a container started again, a stream ended.
        case notice
        /// Put in by a person, to find the place again.
        case mark
    }

    /// When it was written, as the container runtime says; nil for entries of Fathom's own.
    package let time: Instant?
    /// `pod:container`.
    package let source: String
    package let text: String
    package let kind: Kind
    /// Whether a person wants to find it again.
    package var isBookmarked = false

    package init(time: Instant?, source: String, text: String, kind: Kind = .output) {
        self.time = time
        self.source = source
        self.text = text
        self.kind = kind
    }

    /// Its beginning, where it is longer than so many characters.
    func cut(to limit: Int) -> LogEntry {
        guard text.utf8.count > limit else { return self }
        let beginning = text.unicodeScalars.prefix(limit)
        guard beginning.endIndex < text.endIndex else { return self }
        var cut = LogEntry(time: time, source: source, text: String(beginning) + " …", kind: kind)
        cut.isBookmarked = isBookmarked
        return cut
    }

    var size: Int { text.utf8.count + 64 }
}
