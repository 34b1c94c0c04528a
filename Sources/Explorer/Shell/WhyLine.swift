/// The root cause, in one line.
package struct WhyLine: Sendable, Hashable {
    /// A few words: `Network policy blocks DNS`.
    package let title: String
    /// A sentence: `db-0 can't be scheduled: …`.
    package let cause: String
    /// How many objects suffer from it.
    package let affected: Int

    package init(title: String, cause: String, affected: Int) {
        self.title = title
        self.cause = cause
        self.affected = affected
    }
}
