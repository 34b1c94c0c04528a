import KubernetesModel

/// Whose place a pod may take: the node, and the pods of lower priority that would have to go.
package struct Preemption: Sendable, Hashable {
    package var node: String
    package var victims: [SchedulablePod]

    /// Nil when no node would have room even then, or the pod takes nobody's place.
    ///
    /// Of several nodes the one that loses least: the lowest of the highest priorities, then the fewest pods.
    package init?(for pod: SchedulablePod, in scheduling: Scheduling, verdict: SchedulingVerdict) {
        guard pod.preempts else { return nil }
        let candidates = scheduling.nodes.compactMap { node -> Preemption? in
            guard let rejections = verdict.rejections[node.name], rejections.allSatisfy(\.yieldsToPreemption) else { return nil }
            let victims = Self.victims(of: pod, on: node, in: scheduling)
            return victims.isEmpty ? nil : Preemption(node: node.name, victims: victims)
        }
        guard let best = candidates.min(by: { $0.cost.lexicographicallyPrecedes($1.cost) }) else { return nil }
        self = best
    }

    private init(node: String, victims: [SchedulablePod]) {
        self.node = node
        self.victims = victims
    }

    private var cost: [Int] {
        [victims.map(\.priority).max() ?? 0, victims.map(\.priority).reduce(0, +), victims.count]
    }

    /// The fewest pods that have to go, the least important first; empty when it doesn't help.
    private static func victims(of pod: SchedulablePod, on node: SchedulableNode, in scheduling: Scheduling) -> [SchedulablePod] {
        let weaker = node.pods.filter { $0.priority < pod.priority }
        guard !weaker.isEmpty else { return [] }
        var world = scheduling
        for other in weaker { world.remove(other, from: node.name) }
        guard world.accepts(pod, on: node.name) else { return [] }
        var victims: [SchedulablePod] = []
        for other in weaker.sorted(by: { ($0.priority, $1.key) > ($1.priority, $0.key) }) {
            world.place(other, on: node.name)
            guard !world.accepts(pod, on: node.name) else { continue }
            world.remove(other, from: node.name)
            victims.append(other)
        }
        return victims
    }
}

extension Scheduling {
    fileprivate func accepts(_ pod: SchedulablePod, on name: String) -> Bool {
        nodes.first { $0.name == name }.map { rejections(of: pod, on: $0).isEmpty } ?? false
    }
}
