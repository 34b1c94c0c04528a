package import KubernetesModel

/// A label selector that tells a mismatch term by term.
///
/// A selector that API servers would refuse matches nothing.
package struct SelectorTerms: Sendable, Hashable {
    package typealias Term = LabelSelector.Requirement

    private let selector: LabelSelector

    /// Of equal labels, as the selectors of Services and node selectors are.
    package init(labels: [String: String]) {
        selector = LabelSelector(matchLabels: labels)
    }

    /// From an object with `matchLabels` and `matchExpressions`; a missing one matches nothing.
    package init(_ json: JSONValue?) {
        selector = (try? LabelSelector(object: json)) ?? .nothing
    }

    package var terms: [Term] { selector.requirements }
    package var matchesEverything: Bool { selector.isEverything }

    package func matches(_ labels: [String: String]) -> Bool {
        selector.matches(labels)
    }

    /// The terms that keep `labels` from matching; empty when they match.
    package func mismatches(_ labels: [String: String]) -> [Term] {
        terms.filter { !$0.matches(labels) }
    }
}

extension SelectorTerms: CustomStringConvertible {
    package var description: String {
        matchesEverything ? "everything" : terms.map(\.description).joined(separator: ",")
    }
}
