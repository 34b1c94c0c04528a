package import KubernetesModel

/// Whether NetworkPolicies let a flow pass, and what decided.
package struct NetworkPolicyVerdict: Sendable, Hashable {
    package enum Side: Sendable, Hashable {
        /// No policy selects this end in this direction, or it is no pod that policies apply to.
        case unrestricted
        /// One rule is enough.
        case admitted(policy: ObjectKey, field: String)
        /// Policies select this end and no rule of theirs admits the flow: for each policy, why not.
        case denied([Denial])
    }

    /// Why one policy that selects an end of the flow does not admit it.
    package struct Denial: Sendable, Hashable {
        package var policy: ObjectKey
        package var direction: NetworkPolicyRules.Direction
        /// What each rule would have had to match; empty when the policy has no rule in this direction.
        package var mismatches: [Mismatch]
    }

    /// The first thing about a rule that keeps it from admitting the flow.
    package struct Mismatch: Sendable, Hashable {
        package enum Reason: Sendable, Hashable {
            case namespaceLabels(namespace: String, labels: [String: String], required: SelectorTerms)
            case otherNamespace(String)
            case podLabels(pod: ObjectKey, labels: [String: String], required: SelectorTerms)
            case block(address: String, block: String, except: String?)
            case notAPod(address: String)
            case port(Int, TransportProtocol, admitted: [NetworkPolicyRules.Port])
        }

        /// As in `spec.egress[0].to[0].namespaceSelector`.
        package var field: String
        package var reason: Reason
        /// How many of the rule's conditions did match: the nearest miss is what a person most likely meant.
        package var matched: Int
        /// Whether the rule lists ports, and this one is among them: it was written for such flows.
        package var namesPort = false
    }

    package var egress: Side
    package var ingress: Side

    package var isAdmitted: Bool { denials.isEmpty }

    /// Of both sides, the source's first.
    package var denials: [Denial] { egress.denials + ingress.denials }
}

extension NetworkPolicyVerdict.Side {
    package var denials: [NetworkPolicyVerdict.Denial] {
        if case .denied(let denials) = self { denials } else { [] }
    }
}

extension NetworkPolicyVerdict.Denial {
    /// The mismatch of the rule that came closest to admitting the flow.
    package var nearest: NetworkPolicyVerdict.Mismatch? {
        mismatches.enumerated().max { ($0.element.matched, -$0.offset) < ($1.element.matched, -$1.offset) }?.element
    }

    /// The field that decided: the nearest rule's, or the direction when no rule is nearer than another.
    package var field: String {
        let all = "spec.\(direction.rawValue)"
        return equallyNear.count > 1 ? all : nearest?.field ?? all
    }

    private var equallyNear: [NetworkPolicyVerdict.Mismatch] {
        mismatches.filter { $0.matched == nearest?.matched }
    }
}

extension NetworkPolicyVerdict.Denial: CustomStringConvertible {
    /// A clause about the policy: "admits no egress at all", "admits namespaces labelled name=kube-system; …".
    package var description: String {
        guard let nearest else { return "admits no \(direction.rawValue) at all" }
        let near = equallyNear
        guard near.count > 1 else { return nearest.description }
        return "admits \(near.map(\.admitted).joined(separator: " and ")) only, not \(nearest.subject)"
    }
}

extension NetworkPolicyVerdict.Mismatch: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .namespaceLabels(let namespace, let labels, let required):
            "admits \(admitted); \(namespace) has \(Self.lacking(labels, required))"
        case .podLabels(let pod, let labels, let required): "admits \(admitted); \(pod) has \(Self.lacking(labels, required))"
        case .otherNamespace, .port: "admits \(admitted) only, not \(subject)"
        case .block(let address, _, let except):
            except.map { "admits \(admitted) except \($0), which holds \(address)" } ?? "admits \(admitted), which does not hold \(address)"
        case .notAPod: "admits pods only; \(subject) is none"
        }
    }

    /// What the rule lets through instead.
    fileprivate var admitted: String {
        switch reason {
        case .namespaceLabels(_, _, let required): "namespaces labelled \(required)"
        case .otherNamespace: "pods of its own namespace"
        case .podLabels(_, _, let required): "pods labelled \(required)"
        case .block(_, let block, _): block
        case .notAPod: "pods"
        case .port(_, _, let admitted): admitted.map(\.description).joined(separator: ", ")
        }
    }

    /// What it does not let through.
    fileprivate var subject: String {
        switch reason {
        case .namespaceLabels(let namespace, _, _), .otherNamespace(let namespace): "those of \(namespace)"
        case .podLabels(let pod, _, _): pod.description
        case .block(let address, _, _), .notAPod(let address): address
        case .port(let port, let transport, _): "\(transport.rawValue) \(port)"
        }
    }

    private static func lacking(_ labels: [String: String], _ required: SelectorTerms) -> String {
        guard let term = required.mismatches(labels).first else { return "other labels" }
        return labels[term.key].map { "\(term.key)=\($0)" } ?? "no label \(term.key)"
    }
}

extension NetworkPolicyRules.Port: CustomStringConvertible {
    package var description: String {
        switch (port, endPort) {
        case (nil, _): "all \(`protocol`.rawValue) ports"
        case (let port?, nil): "\(`protocol`.rawValue) \(port)"
        case (let port?, let end?): "\(`protocol`.rawValue) \(port)-\(end)"
        }
    }
}
