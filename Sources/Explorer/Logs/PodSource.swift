import KubernetesClient
import KubernetesModel

/// Which pods stand behind an object whose logs are wanted.
struct PodSource: Sendable {
    let namespace: String
    var labelSelector: String?
    var fieldSelector: String?

    static func hasPods(_ resource: APIResource) -> Bool {
        [
            "pods", "services", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "replicasets.apps", "jobs.batch",
        ].contains(resource.groupResource.description)
    }

    var scope: ReflectorScope {
        ReflectorScope(
            GroupVersionResource(resource: "pods"), namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector
        )
    }

    /// Asks the cluster for the object's selector where it is no pod itself.
    /// - Throws: `ClientError`, or `NoPods` where the object selects none.
    static func of(_ target: ObjectTarget, client: ClusterClient) async throws -> PodSource {
        let namespace = target.namespace ?? "default"
        if target.resource.name == "pods" {
            return PodSource(namespace: namespace, fieldSelector: "metadata.name=\(target.name)")
        }
        let object = try await client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
        let selector = target.resource.name == "services" ? object.spec["selector"] : object.spec["selector"]?["matchLabels"]
        guard case .object(let labels)? = selector, !labels.isEmpty else { throw NoPods(target: target.text) }
        let terms = labels.compactMap { key, value in value.stringValue.map { "\(key)=\($0)" } }
        return PodSource(namespace: namespace, labelSelector: terms.joined(separator: ","))
    }

    struct NoPods: Error, CustomStringConvertible {
        let target: String
        var description: String { "The \(target) selects no pods by labels, so there are no logs to show" }
    }
}
