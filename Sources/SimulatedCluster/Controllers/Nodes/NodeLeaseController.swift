import KubernetesModel

/// Renews each node's lease, as its kubelet does every ten seconds while it lives.
struct NodeLeaseController: Controller {
    let name = "kubelet"
    let watches = [Resource.nodes]
    private static let namespace = "kube-node-lease"
    private static let interval = Duration.seconds(10)

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        change.kind == .modified ? [] : own(change)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        let lease = ObjectKey(namespace: Self.namespace, name: key.key.name)
        guard let node = view.get(Resource.nodes, key.key) else { return .done }
        let renewal = JSONValue.string(KubernetesTime.microseconds(now))
        if view.store.get(Resource.leases, lease) != nil {
            return Reconciliation(writes: [.patch(Resource.leases, lease, ["spec": ["renewTime": renewal]])], wakeAfter: Self.interval)
        }
        let owner: JSONValue = ["apiVersion": "v1", "kind": "Node", "name": .string(node.name), "uid": .string(node.uid)]
        let object: JSONObject = [
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": ["name": .string(lease.name), "namespace": .string(Self.namespace), "ownerReferences": [owner]],
            "spec": ["holderIdentity": .string(node.name), "leaseDurationSeconds": 40, "renewTime": renewal],
        ]
        return Reconciliation(writes: [.create(KubernetesObject(object))], wakeAfter: Self.interval)
    }
}
