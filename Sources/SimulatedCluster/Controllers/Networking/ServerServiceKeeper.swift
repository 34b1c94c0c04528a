import KubernetesModel

/// Makes the API server's own Service, and what leads from it to the server, again when somebody has deleted it.
struct ServerServiceKeeper: Controller {
    let name = "kube-apiserver"
    let watches = [Resource.services, Resource.endpoints, Resource.endpointSlices]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        let isServers = change.key == ObjectKey(namespace: "default", name: "kubernetes")
        return isServers && change.kind == .deleted ? [WorkKey(change.resource, change.key)] : []
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard view.get(key.resource, key.key) == nil else { return .done }
        let kinds = [Resource.services: "Service", Resource.endpoints: "Endpoints", Resource.endpointSlices: "EndpointSlice"]
        let object = ([Furniture.service] + Furniture.endpoints).first { $0.kind == kinds[key.resource] }
        return Reconciliation(writes: object.map { [.create($0)] } ?? [])
    }
}
