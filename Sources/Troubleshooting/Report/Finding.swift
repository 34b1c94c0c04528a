package import KubernetesModel

/// One root cause with what proves it, whom it hurts and what repairs it.
package struct Finding: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable {
        case critical, major, minor
    }

    package enum Confidence: String, Sendable, Hashable {
        /// The spec or a probe shows the fault itself.
        case proven
        /// Several independent observations, and no competing hypothesis.
        case evident
        /// One observation; the competitors are named.
        case likely
    }

    package enum State: String, Sendable, Hashable {
        case active
        /// Hidden behind another cause until that is repaired.
        case masked
        /// Hurts nobody yet.
        case latent
    }

    /// Lower layers explain higher ones, and come first.
    package enum Layer: Int, Sendable, Hashable {
        case controlPlane, node, network, clusterDNS, storage, admission, scheduling, container, service, ingress
    }

    /// Somebody who is hurt, and by what it shows.
    package struct Victim: Sendable, Hashable {
        package var object: ObjectReference
        package var because: [String]
        /// The victim, or the cause, through which it is hurt.
        package var through: ObjectReference
    }

    package struct RuledOut: Sendable, Hashable {
        package var hypothesis: String
        package var because: String

        package init(_ hypothesis: String, because: String) {
            self.hypothesis = hypothesis
            self.because = because
        }
    }

    /// The rule's id, as in `D-12`.
    package var rule: String
    package var title: String
    package var category: String
    package var layer: Layer
    package var severity: Severity
    package var confidence: Confidence
    package var state: State
    /// One sentence, without its end, that names the object and the field.
    package var rootCause: String
    package var object: ObjectReference
    /// As in `spec.egress[0].to[0].namespaceSelector`.
    package var field: String
    package var evidence: [Evidence]
    package var victims: [Victim]
    /// The pods behind the victims: the report names their workloads, which stand for them.
    package var pods: [ObjectReference] = []
    package var ruledOut: [RuledOut]
    package var remedy: Remedy
    package var verification: Verification
    /// Headlines of causes that will surface once this one is repaired.
    package var masks: [String]

    /// Names the finding from one diagnosis to the next.
    package var id: String { "\(rule) \(object)" }

    package func concerns(_ object: ObjectReference) -> Bool {
        self.object.isSame(as: object) || victims.contains { $0.object.isSame(as: object) }
            || pods.contains { $0.isSame(as: object) }
    }

    /// For a table or a title line: `Network policy blocks DNS: NetworkPolicy shop/allow-dns`.
    package var headline: String { "\(title): \(object)" }
}

extension ObjectReference {
    /// The same object by kind, place and, where both are known, uid.
    package func isSame(as other: ObjectReference) -> Bool {
        kind == other.kind && key == other.key && (uid == nil || other.uid == nil || uid == other.uid)
    }
}
