package import KubernetesModel

/// What a look after a repair showed.
package enum VerificationOutcome: Sendable, Hashable {
    case repaired
    /// Nothing lacks but that those it hurt start again: what kept failing is started later and later. A clause about the last of them.
    case waiting(String, until: Instant)
    /// What still lacks, as a clause.
    case pending(String)

    package var isRepaired: Bool { self == .repaired }

    /// The invariant of the finding's rule, then those it hurt.
    /// - Parameter first: the facts as they were right after the repair; nil where these are.
    package static func of(
        _ finding: Finding, in facts: ClusterFacts, since first: ClusterFacts? = nil, rules: [any Rule] = Rules.all
    ) -> VerificationOutcome {
        if let missing = rules.first(where: { $0.id == finding.rule })?.missing(finding, in: facts) { return .pending(missing) }
        var last: (object: ObjectReference, start: Instant)?
        for object in finding.victims.map(\.object) where facts.pods(of: object).contains(where: \.isAiling) {
            guard let start = facts.nextStart(of: object, since: first ?? facts) else { return .pending("\(object) is not well yet") }
            if last.map({ start > $0.start }) ?? true { last = (object, start) }
        }
        return last.map { .waiting("\($0.object) has not started since", until: $0.start) } ?? .repaired
    }
}

extension ClusterFacts {
    /// When the last of an object's ailing pods starts again, where all of them wait for that since before a repair: until then nothing of
    /// them tells whether it worked.
    func nextStart(of object: ObjectReference, since first: ClusterFacts) -> Instant? {
        let ailing = pods(of: object).filter(\.isAiling)
        let starts = ailing.compactMap { pod -> Instant? in
            guard let backOff = pod.starts.backOff, let lastBefore = first.pods[pod.key]?.starts.last else { return nil }
            return backOff.failedStart <= lastBefore ? backOff.nextStart : nil
        }
        return starts.count == ailing.count ? starts.max() : nil
    }
}
