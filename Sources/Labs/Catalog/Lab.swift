package import KubernetesModel

/// A broken cluster to repair: what it starts with, what is told, and the facts that say it is repaired.
package struct Lab: Sendable, Hashable {
    /// A fault that is injected at the start.
    package struct Fault: Sendable, Hashable {
        package var name: String
        package var parameters: [String: String]
    }

    /// The file's name without its ending.
    package var name: String
    package var title: String
    /// How long it takes somebody who sees it for the first time.
    package var minutes: Int
    package var level: String
    package var scenario: String
    /// These and no others: those of the scenario are left out.
    package var faults: [Fault]
    /// Created after the scenario's own.
    package var manifests: [KubernetesObject]
    /// The story.
    package var brief: String
    package var goals: [String]
    /// From a nudge to nearly the answer.
    package var hints: [String]
    package var checks: [LabCheck]
    /// What must not be so in the end: shortcuts that destroy what the lab is about.
    package var forbidden: [LabCheck]
    package var solution: String
}

/// Why a lab cannot be used.
package struct LabError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
