import KubernetesClient
import KubernetesModel

/// A pod template that a workload has, or once had.
struct WorkloadRevision {
    let number: Int
    let created: Instant?
    let template: JSONValue

    var images: [String] {
        (template["spec"]?["containers"]?.arrayValue ?? []).compactMap { $0["image"]?.stringValue }
    }

    /// The newest first: of a Deployment its ReplicaSets, of the others what their controllers noted down.
    static func all(of workload: KubernetesObject, _ client: ClusterClient) async throws(ClientError) -> [WorkloadRevision] {
        let isDeployment = workload.kind == "Deployment"
        let resource = GroupVersionResource(group: "apps", version: "v1", resource: isDeployment ? "replicasets" : "controllerrevisions")
        let owned = try await client.list(resource, namespace: workload.namespace).items.filter { object in
            object.metadata.ownerReferences.contains { $0.uid == workload.uid }
        }
        return owned.compactMap { isDeployment ? WorkloadRevision(replicaSet: $0) : WorkloadRevision(controllerRevision: $0) }
            .sorted { $0.number > $1.number }
    }

    init?(replicaSet: KubernetesObject) {
        guard let number = replicaSet.metadata.annotations["deployment.kubernetes.io/revision"].flatMap({ Int($0) }),
            case .object(var template)? = replicaSet.spec["template"]
        else { return nil }
        // The Deployment adds it to each template of its own.
        if case .object(var metadata)? = template["metadata"], case .object(var labels)? = metadata["labels"] {
            labels["pod-template-hash"] = nil
            metadata["labels"] = .object(labels)
            template["metadata"] = .object(metadata)
        }
        self.init(number: number, created: Self.creation(replicaSet), template: .object(template))
    }

    private init?(controllerRevision: KubernetesObject) {
        guard case .object(var template)? = controllerRevision["data"]?["spec"]?["template"] else { return nil }
        template["$patch"] = nil
        self.init(
            number: controllerRevision["revision"]?.intValue ?? 0, created: Self.creation(controllerRevision), template: .object(template))
    }

    private init(number: Int, created: Instant?, template: JSONValue) {
        self.number = number
        self.created = created
        self.template = template
    }

    private static func creation(_ object: KubernetesObject) -> Instant? {
        object.metadata.creationTimestamp.flatMap(KubernetesTime.parse)
    }
}
