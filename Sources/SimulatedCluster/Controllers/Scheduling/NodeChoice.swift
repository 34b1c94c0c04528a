import KubernetesModel
import KubernetesSemantics

/// Of several nodes that can run a pod, the one that it would like best, then the one that spreads its kind best: over zones, over
/// nodes, by load.
struct NodeChoice {
    private struct Score: Comparable {
        var parts: [Int]
        var name: String

        static func < (left: Score, right: Score) -> Bool {
            left.parts == right.parts ? left.name < right.name : left.parts.lexicographicallyPrecedes(right.parts)
        }
    }

    private static let zone = "topology.kubernetes.io/zone"
    private let pod: SchedulablePod
    private let nodes: [SchedulableNode]

    init(_ pod: SchedulablePod, in scheduling: Scheduling) {
        self.pod = pod
        nodes = scheduling.nodes
    }

    func best(of feasible: [String]) -> String? {
        let names = Set(feasible)
        return nodes.filter { names.contains($0.name) }.map(score).min()?.name
    }

    private func score(_ node: SchedulableNode) -> Score {
        let zone = node.labels[Self.zone]
        let sameZone = zone == nil ? [] : nodes.filter { $0.labels[Self.zone] == zone }
        // What pods ask for has no bounds, and all beyond a few times the node is as bad.
        let share = Int(min(max(Double(node.used["cpu"]) * 100 / Double(max(node.allocatable["cpu"], 1)), 0), 1e9))
        let shunned = node.taints.count { taint in
            taint.effect == "PreferNoSchedule" && !pod.tolerations.contains { $0.tolerates(taint) }
        }
        let wish = pod.preferences.score(node, among: nodes)
        return Score(parts: [shunned, -wish, sameZone.map(kin).reduce(0, +), kin(node), share, node.pods.count], name: node.name)
    }

    /// How many pods of the same kind a node runs.
    private func kin(_ node: SchedulableNode) -> Int {
        node.pods.count { $0.key.namespace == pod.key.namespace && !pod.labels.isEmpty && $0.labels == pod.labels }
    }
}
