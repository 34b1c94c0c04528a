/// The root cause, in one line.
package struct WhyLine: Sendable, Hashable {
    /// A sentence: `db-0 can't be scheduled: …`.
    package let cause: String
    /// How many objects suffer from it.
    package let affected: Int

    package init(cause: String, affected: Int) {
        self.cause = cause
        self.affected = affected
    }
}
