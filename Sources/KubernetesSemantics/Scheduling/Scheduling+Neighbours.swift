import KubernetesModel

/// Predicates that look at the pods of other nodes.
extension Scheduling {
    func spread(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        let reason = "node(s) didn't match pod topology spread constraints"
        for constraint in pod.spread {
            guard let domain = node.labels[constraint.topologyKey] else {
                return [NodeRejection("\(reason) (missing required label)", detail: "\(node.name) has no label \(constraint.topologyKey)")]
            }
            var counts: [String: Int] = [:]
            for other in nodes where isEligible(pod, other) {
                guard let domain = other.labels[constraint.topologyKey] else { continue }
                counts[domain, default: 0] += other.pods.count {
                    !$0.isTerminating && $0.key.namespace == pod.key.namespace && constraint.selector.matches($0.labels)
                }
            }
            let own = constraint.selector.matches(pod.labels) ? 1 : 0
            let least = counts.values.min() ?? 0
            if counts[domain, default: 0] + own - least > constraint.maximumSkew {
                return [
                    NodeRejection(
                        reason,
                        detail: "\(constraint.topologyKey)=\(domain) has \(counts[domain, default: 0]) such pods, another has \(least)",
                        yieldsToPreemption: true
                    )
                ]
            }
        }
        return []
    }

    func neighbours(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        if let term = pod.podAffinity.first(where: { !isSatisfied($0, by: pod, on: node) }) {
            return [
                NodeRejection(
                    "node(s) didn't match pod affinity rules",
                    detail: "no pod with \(term.selector) runs in the \(term.topologyKey) of \(node.name)"
                )
            ]
        }
        for term in pod.podAntiAffinity {
            guard let other = pods(near: node, by: term.topologyKey).first(where: term.selects) else { continue }
            return [
                NodeRejection(
                    "node(s) didn't match pod anti-affinity rules", detail: "\(other.key) runs in the \(term.topologyKey) of \(node.name)",
                    yieldsToPreemption: true
                )
            ]
        }
        return repelled(pod, node)
    }

    /// Pods that run already may refuse the newcomer.
    private func repelled(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        for other in nodes {
            for neighbour in other.pods where !neighbour.podAntiAffinity.isEmpty {
                let isRefused = neighbour.podAntiAffinity.contains { term in
                    term.selects(pod) && node.labels[term.topologyKey] != nil
                        && node.labels[term.topologyKey] == other.labels[term.topologyKey]
                }
                guard isRefused else { continue }
                return [
                    NodeRejection(
                        "node(s) didn't satisfy existing pods anti-affinity rules", detail: "\(neighbour.key) on \(other.name) refuses it",
                        yieldsToPreemption: true
                    )
                ]
            }
        }
        return []
    }

    private func isEligible(_ pod: SchedulablePod, _ node: SchedulableNode) -> Bool {
        SelectorTerms(labels: pod.nodeSelector).matches(node.labels)
            && pod.nodeAffinity?.matches(name: node.name, labels: node.labels) ?? true
    }

    private func isSatisfied(_ term: PodAffinityTerm, by pod: SchedulablePod, on node: SchedulableNode) -> Bool {
        guard node.labels[term.topologyKey] != nil else { return false }
        if pods(near: node, by: term.topologyKey).contains(where: term.selects) { return true }
        // The first of a group that wants to be together may start anywhere.
        return term.selects(pod) && !nodes.contains { $0.pods.contains(where: term.selects) }
    }

    private func pods(near node: SchedulableNode, by topologyKey: String) -> [SchedulablePod] {
        guard let domain = node.labels[topologyKey] else { return [] }
        return nodes.filter { $0.labels[topologyKey] == domain }.flatMap(\.pods)
    }
}
