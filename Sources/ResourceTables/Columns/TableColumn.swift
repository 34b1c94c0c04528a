/// A column of a resource's table.
package struct TableColumn: Sendable, Hashable {
    package enum Alignment: Sendable, Hashable {
        case left, right
    }

    package enum Kind: Sendable, Hashable {
        case text
        /// The object's namespace: not worth showing where all rows have the same.
        case namespace
        /// The object's cluster, in tables of several: always worth showing.
        case context
        case name
        case number
        /// Changes by itself as time passes.
        case age
        /// From the metrics API: not worth showing where the cluster has none.
        case metric
    }

    /// As in the heading, and what commands and configuration call it: `READY`.
    package var title: String
    package var kind: Kind
    package var alignment: Alignment
    /// Whether it is shown only in the wide form of the table.
    package var isWide: Bool

    package init(_ title: String, kind: Kind = .text, alignment: Alignment = .left, isWide: Bool = false) {
        self.title = title
        self.kind = kind
        self.alignment = alignment
        self.isWide = isWide
    }
}
