package import KubernetesModel

/// What is wrong in a cluster, a namespace or with one object, and why. The value behind every form of the report.
package struct Diagnosis: Sendable, Hashable {
    package enum Verdict: String, Sendable, Hashable {
        case broken
        case healthy
        /// Nothing was found, and not everything could be looked at or explained.
        case unverified
    }

    /// Something that was looked at and is well.
    package struct HealthyCheck: Sendable, Hashable {
        package var check: String
        package var count: Int
    }

    /// Something that could not be looked at, or a symptom that no rule explains.
    package struct UnverifiedCheck: Sendable, Hashable {
        package var check: String
        package var reason: String
    }

    package var cluster: String
    package var scope: DiagnosisScope
    package var startedAt: Instant
    /// The most important first: active ones, then masked, then latent ones; among each those with more victims, then the lower layers.
    package var findings: [Finding]
    package var healthy: [HealthyCheck]
    package var unverified: [UnverifiedCheck]

    package var verdict: Verdict {
        if findings.contains(where: { $0.state != .latent }) { return .broken }
        return unverified.isEmpty ? .healthy : .unverified
    }

    /// Whether only the time differs.
    func saysTheSame(as other: Diagnosis?) -> Bool {
        guard var other else { return false }
        other.startedAt = startedAt
        return self == other
    }

    /// The most important finding that concerns an object: it is the cause, or a victim. Owners stand for their pods.
    package func finding(about object: ObjectReference) -> Finding? {
        findings.first { finding in finding.concerns(object) }
    }
}

/// What a diagnosis is about.
package struct DiagnosisScope: Sendable, Hashable {
    /// Empty means all of them.
    package var namespaces: [String]
    /// Only findings that are about this object, or hurt it.
    package var target: ObjectReference?

    package init(namespaces: [String] = [], target: ObjectReference? = nil) {
        self.namespaces = namespaces
        self.target = target
    }

    package static let cluster = DiagnosisScope()

    func includes(_ namespace: String?) -> Bool {
        guard let namespace, !namespaces.isEmpty else { return true }
        return namespaces.contains(namespace)
    }
}
