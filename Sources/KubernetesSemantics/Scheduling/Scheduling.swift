import KubernetesModel

/// Which nodes can run a pod, by the predicates of the scheduler in its order: a node is rejected by the first that fails.
package struct Scheduling: Sendable {
    package private(set) var nodes: [SchedulableNode]
    package let storage: SchedulingStorage

    /// - Parameter storage: the claims, volumes and classes that pods may refer to.
    package init(nodes: [SchedulableNode], storage: SchedulingStorage = SchedulingStorage()) {
        self.nodes = nodes
        self.storage = storage
    }

    /// Counts a pod on its node from now on.
    package mutating func place(_ pod: SchedulablePod, on name: String) {
        if let index = nodes.firstIndex(where: { $0.name == name }) { nodes[index].place(pod) }
    }

    package mutating func remove(_ pod: SchedulablePod, from name: String) {
        if let index = nodes.firstIndex(where: { $0.name == name }) { nodes[index].remove(pod) }
    }

    package func verdict(for pod: SchedulablePod) -> SchedulingVerdict {
        if nodes.isEmpty { return SchedulingVerdict(nodeCount: 0, obstacle: "no nodes available to schedule pods") }
        if let obstacle = storage.obstacle(for: pod) {
            return SchedulingVerdict(nodeCount: nodes.count, obstacle: obstacle)
        }
        var verdict = SchedulingVerdict(nodeCount: nodes.count)
        verdict.preempts = pod.preempts
        for node in nodes {
            let rejections = rejections(of: pod, on: node)
            if rejections.isEmpty {
                verdict.feasible.append(node.name)
            } else {
                verdict.rejections[node.name] = rejections
            }
        }
        return verdict
    }

    /// Empty when the pod can run there.
    package func rejections(of pod: SchedulablePod, on node: SchedulableNode) -> [NodeRejection] {
        let predicates: [(SchedulablePod, SchedulableNode) -> [NodeRejection]] = [
            unschedulable, taints, affinity, ports, resources, storage.rejections, spread, neighbours,
        ]
        for predicate in predicates {
            let rejections = predicate(pod, node)
            if !rejections.isEmpty { return rejections }
        }
        return []
    }

    private func unschedulable(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        let taint = Taint(key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")
        guard node.isUnschedulable, !pod.tolerations.contains(where: { $0.tolerates(taint) }) else { return [] }
        return [NodeRejection("node(s) were unschedulable", detail: "\(node.name) is cordoned")]
    }

    private func taints(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        let taint = node.taints.first { taint in taint.repels && !pod.tolerations.contains { $0.tolerates(taint) } }
        guard let taint else { return [] }
        return [NodeRejection("node(s) had untolerated taint(s)", detail: "\(node.name) has taint \(taint)")]
    }

    private func affinity(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        let reason = "node(s) didn't match Pod's node affinity/selector"
        if let term = SelectorTerms(labels: pod.nodeSelector).mismatches(node.labels).first {
            let has = node.labels[term.key].map { "\(term.key)=\($0)" } ?? "no label \(term.key)"
            return [NodeRejection(reason, detail: "\(node.name) has \(has), the pod asks for \(term)")]
        }
        guard let required = pod.nodeAffinity, !required.matches(name: node.name, labels: node.labels) else { return [] }
        return [NodeRejection(reason, detail: "\(node.name) matches no term of the pod's node affinity")]
    }

    private func ports(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        for wanted in pod.hostPorts {
            guard let holder = node.pods.first(where: { $0.hostPorts.contains(where: wanted.clashes) }) else { continue }
            return [
                NodeRejection(
                    "node(s) didn't have free ports for the requested pod ports",
                    detail: "\(holder.key) holds \(wanted.protocol.rawValue) port \(wanted.port) of \(node.name)",
                    yieldsToPreemption: true
                )
            ]
        }
        return []
    }

    /// All that is short is told, not only the first.
    private func resources(_ pod: SchedulablePod, _ node: SchedulableNode) -> [NodeRejection] {
        var rejections: [NodeRejection] = []
        let room = node.allocatable["pods"]
        if node.pods.count + 1 > room {
            rejections.append(
                NodeRejection("Too many pods", detail: "\(node.name) has \(node.pods.count) of \(room) pods", yieldsToPreemption: true)
            )
        }
        let free = node.free
        for name in Self.ordered(pod.requests) where pod.requests[name] > free[name] {
            rejections.append(
                NodeRejection(
                    "Insufficient \(name)",
                    detail: "\(node.name) has \(Self.amount(free[name], of: name)) free, the pod asks for"
                        + " \(Self.amount(pod.requests[name], of: name))",
                    yieldsToPreemption: pod.requests[name] <= node.allocatable[name]
                )
            )
        }
        return rejections
    }

    private static func ordered(_ requests: ResourceAmounts) -> [String] {
        let basic = ["cpu", "memory", "ephemeral-storage"]
        let names = requests.amounts.filter { $0.value > 0 }.keys
        return basic.filter(names.contains) + names.filter { !basic.contains($0) }.sorted()
    }

    private static func amount(_ amount: Int, of name: String) -> String {
        name == "cpu" ? "\(amount)m" : String(amount)
    }
}
