package import KubernetesModel

/// What a NetworkPolicy says, taken apart for evaluation.
package struct NetworkPolicyRules: Sendable, Hashable {
    package enum Direction: String, Sendable, Hashable, CaseIterable {
        case egress
        case ingress
    }

    package struct Rule: Sendable, Hashable {
        /// Empty admits every peer.
        package var peers: [Peer]
        /// Empty admits every port.
        package var ports: [Port]
    }

    package enum Peer: Sendable, Hashable {
        /// Pods that match `pods`, in namespaces that match `namespaces`: nil is the policy's own namespace.
        case pods(pods: SelectorTerms?, namespaces: SelectorTerms?)
        case block(String, except: [String])
    }

    package struct Port: Sendable, Hashable {
        package var `protocol`: TransportProtocol
        /// Nil admits every port of the protocol.
        package var port: PortReference?
        package var endPort: Int?
    }

    package var key: ObjectKey
    package var podSelector: SelectorTerms
    /// The rules of the directions that the policy restricts.
    package private(set) var rules: [Direction: [Rule]] = [:]

    package init(_ policy: KubernetesObject) {
        let policy = policy.parsed()
        let spec = policy.spec
        key = policy.key
        podSelector = SelectorTerms(spec["podSelector"])
        for direction in Direction.allCases where Self.restricts(direction, spec) {
            rules[direction] = spec[direction.rawValue]?.arrayValue?.map { Rule($0, direction) } ?? []
        }
    }

    package func selects(_ pod: NetworkedPod) -> Bool {
        pod.key.namespace == key.namespace && podSelector.matches(pod.labels)
    }

    /// Without `policyTypes`, a policy restricts ingress, and egress when it has rules for it.
    private static func restricts(_ direction: Direction, _ spec: JSONValue) -> Bool {
        guard let types = spec["policyTypes"]?.arrayValue, !types.isEmpty else {
            return direction == .ingress || spec["egress"]?.arrayValue?.isEmpty == false
        }
        return types.contains { $0.stringValue?.lowercased() == direction.rawValue }
    }
}

extension NetworkPolicyRules.Direction {
    /// What a rule of this direction calls its peers.
    package var peersField: String { self == .egress ? "to" : "from" }
}

extension NetworkPolicyRules.Rule {
    init(_ json: JSONValue, _ direction: NetworkPolicyRules.Direction) {
        peers = json[direction.peersField]?.arrayValue?.map(NetworkPolicyRules.Peer.init) ?? []
        ports = json["ports"]?.arrayValue?.map(NetworkPolicyRules.Port.init) ?? []
    }
}

extension NetworkPolicyRules.Peer {
    init(_ json: JSONValue) {
        if let block = json["ipBlock"], !block.isNull {
            let except = block["except"]?.arrayValue?.compactMap(\.stringValue) ?? []
            self = .block(block["cidr"]?.stringValue ?? "", except: except)
        } else {
            self = .pods(
                pods: json["podSelector"].map { SelectorTerms($0) },
                namespaces: json["namespaceSelector"].map { SelectorTerms($0) }
            )
        }
    }
}

extension NetworkPolicyRules.Port {
    init(_ json: JSONValue) {
        `protocol` = TransportProtocol(json["protocol"])
        port = PortReference(json["port"])
        endPort = json["endPort"]?.intValue
    }
}
