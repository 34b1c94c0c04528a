import KubernetesModel

/// What a look after a repair showed.
package enum VerificationOutcome: Sendable, Hashable {
    case repaired
    /// What still lacks, as a clause.
    case pending(String)

    package var isRepaired: Bool { self == .repaired }

    /// The invariant of the finding's rule, then those it hurt.
    package static func of(_ finding: Finding, in facts: ClusterFacts, rules: [any Rule] = Rules.all) -> VerificationOutcome {
        if let missing = rules.first(where: { $0.id == finding.rule })?.missing(finding, in: facts) { return .pending(missing) }
        let hurt = finding.victims.first { victim in facts.pods(of: victim.object).contains(where: \.isAiling) }
        return hurt.map { .pending("\($0.object) is not well yet") } ?? .repaired
    }
}
