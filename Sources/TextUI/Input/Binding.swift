/// One action and the keys that start it: the one table from which keys, footer, help, palette and documentation are made.
package struct Binding: Sendable, Hashable {
    /// Under which heading the help lists it.
    package enum Section: String, Sendable, Hashable, CaseIterable {
        case resource = "RESOURCE"
        case view = "VIEW"
        case navigation = "NAVIGATION"
        case general = "GENERAL"
        /// What a person has added.
        case user = "YOURS"
    }

    package let action: ActionID
    /// Each is a sequence of keys pressed one after the other, mostly of length one; any of them starts the action.
    package var keys: [[KeyPress]]
    /// A word or two: `logs`, `next match`.
    package let title: String
    package let section: Section
    /// Whether the footer shows it; the help shows all.
    package let isInFooter: Bool

    package init(_ action: ActionID, _ keys: KeyPress..., title: String, section: Section = .view, footer: Bool = false) {
        self.action = action
        self.keys = keys.map { [$0] }
        self.title = title
        self.section = section
        self.isInFooter = footer
    }

    /// The keys as text: `l`, `g g`, `Ctrl-D`.
    package var keyText: String {
        keys.map { $0.map(\.description).joined(separator: " ") }.joined(separator: ", ")
    }

    /// The first of the keys alone, for where space is short.
    package var shortKeyText: String {
        (keys.first ?? []).map(\.description).joined(separator: " ")
    }
}
