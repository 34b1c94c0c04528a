import KubernetesModel

/// Decides flows by a set of NetworkPolicies, as a network plugin that enforces them does.
package struct NetworkPolicyEvaluator: Sendable {
    private let policies: [String: [NetworkPolicyRules]]
    private let namespaces: [String: [String: String]]

    /// - Parameter namespaceLabels: by namespace; the automatic label `kubernetes.io/metadata.name` included.
    package init(policies: [NetworkPolicyRules], namespaceLabels: [String: [String: String]]) {
        self.policies = Dictionary(grouping: policies.sorted { $0.key < $1.key }) { $0.key.namespace ?? "" }
        namespaces = namespaceLabels
    }

    package func verdict(_ flow: NetworkFlow) -> NetworkPolicyVerdict {
        // A pod always reaches itself, and what a node sends or gets is beyond the reach of policies.
        if let source = flow.source.pod, source.key == flow.destination.pod?.key {
            return NetworkPolicyVerdict(egress: .unrestricted, ingress: .unrestricted)
        }
        return NetworkPolicyVerdict(egress: side(.egress, of: flow), ingress: side(.ingress, of: flow))
    }

    /// The policies that restrict a pod in a direction.
    package func policies(selecting pod: NetworkedPod, _ direction: NetworkPolicyRules.Direction) -> [NetworkPolicyRules] {
        guard !pod.usesHostNetwork else { return [] }
        return policies[pod.namespace, default: []].filter { $0.rules[direction] != nil && $0.selects(pod) }
    }

    private func side(_ direction: NetworkPolicyRules.Direction, of flow: NetworkFlow) -> NetworkPolicyVerdict.Side {
        let (own, peer) = direction == .egress ? (flow.source, flow.destination) : (flow.destination, flow.source)
        guard let pod = own.pod else { return .unrestricted }
        let selecting = policies(selecting: pod, direction)
        if selecting.isEmpty { return .unrestricted }

        var denials: [NetworkPolicyVerdict.Denial] = []
        for policy in selecting {
            var denial = NetworkPolicyVerdict.Denial(policy: policy.key, direction: direction, mismatches: [])
            for (index, rule) in (policy.rules[direction] ?? []).enumerated() {
                let field = "spec.\(direction.rawValue)[\(index)]"
                let mismatches = mismatches(rule, at: field, of: policy, direction, peer, flow)
                if mismatches.isEmpty { return .admitted(policy: policy.key, field: field) }
                denial.mismatches += mismatches
            }
            denials.append(denial)
        }
        return .denied(denials)
    }

    /// Empty when the rule admits the flow; else one mismatch for each peer, or that of the ports.
    private func mismatches(
        _ rule: NetworkPolicyRules.Rule, at field: String, of policy: NetworkPolicyRules,
        _ direction: NetworkPolicyRules.Direction, _ peer: NetworkFlow.End, _ flow: NetworkFlow
    ) -> [NetworkPolicyVerdict.Mismatch] {
        let isPortAdmitted = rule.ports.isEmpty || rule.ports.contains { $0.admits(flow) }
        var peers: [NetworkPolicyVerdict.Mismatch] = []
        for (index, candidate) in rule.peers.enumerated() {
            let path = "\(field).\(direction.peersField)[\(index)]"
            guard var mismatch = mismatch(candidate, at: path, of: policy, peer) else {
                peers = []
                break
            }
            if isPortAdmitted { mismatch.matched += 2 }
            if isPortAdmitted, !rule.ports.isEmpty {
                mismatch.matched += 1
                mismatch.namesPort = true
            }
            peers.append(mismatch)
        }
        if !peers.isEmpty { return peers }
        if isPortAdmitted { return [] }
        let reason = NetworkPolicyVerdict.Mismatch.Reason.port(flow.port, flow.protocol, admitted: rule.ports)
        return [NetworkPolicyVerdict.Mismatch(field: "\(field).ports", reason: reason, matched: 3)]
    }

    private func mismatch(
        _ candidate: NetworkPolicyRules.Peer, at path: String, of policy: NetworkPolicyRules, _ peer: NetworkFlow.End
    ) -> NetworkPolicyVerdict.Mismatch? {
        switch candidate {
        case .block(let cidr, let except):
            mismatch(block: cidr, except: except, at: path, peer)
        case .pods(let pods, let namespaces):
            mismatch(pods: pods, namespaces: namespaces, at: path, of: policy, peer)
        }
    }

    private func mismatch(
        block cidr: String, except: [String], at path: String, _ peer: NetworkFlow.End
    ) -> NetworkPolicyVerdict.Mismatch? {
        let text = peer.addresses.first ?? ""
        func holds(_ block: String) -> Bool {
            guard let block = AddressBlock(block) else { return false }
            return peer.addresses.compactMap { IPAddress($0) }.contains(where: block.contains)
        }
        let exception = except.first(where: holds)
        if holds(cidr), exception == nil { return nil }
        return NetworkPolicyVerdict.Mismatch(
            field: "\(path).ipBlock",
            reason: .block(address: text, block: cidr, except: holds(cidr) ? exception : nil), matched: 0
        )
    }

    private func mismatch(
        pods: SelectorTerms?, namespaces selector: SelectorTerms?, at path: String, of policy: NetworkPolicyRules,
        _ peer: NetworkFlow.End
    ) -> NetworkPolicyVerdict.Mismatch? {
        // Pods in their node's network have its address: selectors never match them.
        guard let pod = peer.pod, !pod.usesHostNetwork else {
            return .init(field: path, reason: .notAPod(address: peer.addresses.first ?? "a node"), matched: 0)
        }
        if let selector {
            let labels = namespaces[pod.namespace] ?? [:]
            if !selector.matches(labels) {
                return .init(
                    field: "\(path).namespaceSelector",
                    reason: .namespaceLabels(namespace: pod.namespace, labels: labels, required: selector),
                    matched: pods?.matches(pod.labels) ?? true ? 1 : 0
                )
            }
        } else if pod.key.namespace != policy.key.namespace {
            return .init(field: path, reason: .otherNamespace(pod.namespace), matched: pods?.matches(pod.labels) ?? true ? 1 : 0)
        }
        if let pods, !pods.matches(pod.labels) {
            return .init(
                field: "\(path).podSelector", reason: .podLabels(pod: pod.key, labels: pod.labels, required: pods), matched: 1
            )
        }
        return nil
    }
}

extension NetworkPolicyRules.Port {
    /// A name means what the destination pod's containers call so.
    func admits(_ flow: NetworkFlow) -> Bool {
        guard `protocol` == flow.protocol else { return false }
        switch port {
        case nil: return true
        case .number(let number): return (number...max(number, endPort ?? number)).contains(flow.port)
        case .name: return port.flatMap { flow.destination.pod?.number(of: $0, protocol: `protocol`) } == flow.port
        }
    }
}
