import KubernetesModel

/// What a pod would like of its node, with weights, where several would do.
package struct SchedulingPreferences: Sendable, Hashable {
    private struct Node: Hashable {
        var weight: Int
        var terms: NodeTerms
    }

    private struct Neighbour: Hashable {
        /// Below zero for those that it would rather stay away from.
        var weight: Int
        var term: PodAffinityTerm
    }

    private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
    private let nodes: [Node]
    private let neighbours: [Neighbour]

    init(_ affinity: JSONValue?, of pod: ObjectKey) {
        nodes = (affinity?["nodeAffinity"]?[Self.preferred]?.arrayValue ?? []).map {
            Node(weight: $0["weight"]?.intValue ?? 1, terms: NodeTerms(term: $0["preference"] ?? .null))
        }
        neighbours = [("podAffinity", 1), ("podAntiAffinity", -1)].flatMap { field, sign in
            (affinity?[field]?[Self.preferred]?.arrayValue ?? []).flatMap { json in
                PodAffinityTerm.all(.array([json["podAffinityTerm"] ?? .null]), of: pod).map {
                    Neighbour(weight: sign * (json["weight"]?.intValue ?? 1), term: $0)
                }
            }
        }
    }

    /// How well a node suits, as the sum of the weights that it earns.
    package func score(_ node: SchedulableNode, among all: [SchedulableNode]) -> Int {
        let own = nodes.filter { $0.terms.matches(name: node.name, labels: node.labels) }.map(\.weight).reduce(0, +)
        return neighbours.reduce(own) { sum, neighbour in
            guard let domain = node.labels[neighbour.term.topologyKey] else { return sum }
            let near = all.filter { $0.labels[neighbour.term.topologyKey] == domain }
            return sum + neighbour.weight * near.map { $0.pods.count(where: neighbour.term.selects) }.reduce(0, +)
        }
    }
}
