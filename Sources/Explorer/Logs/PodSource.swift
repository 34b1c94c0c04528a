import KubernetesClient
import KubernetesModel

/// Which pods stand behind an object whose logs are wanted.
struct PodSource: Sendable {
    let namespace: String
    var labelSelector: String?
    var fieldSelector: String?

    static let kinds: Set = [
        "pods", "services", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "replicasets.apps", "jobs.batch",
    ]

    static func hasPods(_ resource: APIResource) -> Bool {
        kinds.contains(resource.groupResource.description)
    }

    var scope: ReflectorScope {
        ReflectorScope(
            GroupVersionResource(resource: "pods"), namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector
        )
    }

    /// Asks the cluster for the object's selector where it is no pod itself.
    /// - Throws: `ClientError`, or `ExplorerError` where the object selects none.
    static func of(_ target: ObjectTarget, client: ClusterClient) async throws -> PodSource {
        let namespace = target.namespace ?? "default"
        if target.resource.name == "pods" {
            return PodSource(namespace: namespace, fieldSelector: "metadata.name=\(target.name)")
        }
        let object = try await client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
        guard let selector = selector(of: object), !selector.isEverything else {
            throw ExplorerError("The \(target.text) selects no pods by labels, so there are no logs to show")
        }
        return PodSource(namespace: namespace, labelSelector: selector.description)
    }

    /// By which labels a Service or a workload finds its pods.
    nonisolated static func selector(of object: KubernetesObject) -> LabelSelector? {
        guard let selector = object.spec["selector"] else { return nil }
        guard object.kind == "Service" else { return try? LabelSelector(object: selector) }
        return LabelSelector(matchLabels: (selector.objectValue ?? [:]).reduce(into: [:]) { $0[$1.key] = $1.value.stringValue })
    }
}
