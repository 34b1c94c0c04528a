import KubernetesModel

/// Finds the flow schema of a request and its priority level, which answers name. Nothing waits here for its turn.
final class FlowClassifier {
    private static let group = "flowcontrol.apiserver.k8s.io"
    private static let schemas = GroupResource(group: group, resource: "flowschemas")
    private static let levels = GroupResource(group: group, resource: "prioritylevelconfigurations")

    private let view: ClusterView
    /// In the order in which they are tried; nil after a change.
    private var cached: [FlowSchema]?

    init(_ view: ClusterView) {
        self.view = view
        view.store.observe { [weak self] change in
            if change.resource.group == Self.group { self?.cached = nil }
        }
    }

    /// Of an answer to a request; none for those that go on, but for watches.
    func headers(for attributes: AccessAttributes) -> [(name: String, value: String)] {
        guard !Self.unclassified.contains(attributes.subresource), let schema = present().first(where: { $0.matches(attributes) }) else {
            return []
        }
        return [("x-kubernetes-pf-flowschema-uid", schema.uid), ("x-kubernetes-pf-prioritylevel-uid", schema.levelUID)]
    }

    private static let unclassified = ["attach", "exec", "log", "portforward", "proxy"]

    private func present() -> [FlowSchema] {
        if let cached { return cached }
        let levels = Dictionary(view.list(Self.levels).map { ($0.name, $0.uid) }) { first, _ in first }
        let schemas = view.list(Self.schemas).compactMap { FlowSchema($0, levels: levels) }
        let sorted = schemas.sorted { ($0.precedence, $0.name) < ($1.precedence, $1.name) }
        cached = sorted
        return sorted
    }
}
