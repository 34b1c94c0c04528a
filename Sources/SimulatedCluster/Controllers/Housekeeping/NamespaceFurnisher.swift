import KubernetesModel

/// Gives each namespace what every pod in it needs: the default ServiceAccount, and the API's certificate authority.
struct NamespaceFurnisher: Controller {
    let name = "serviceaccount-controller"
    let watches = [Resource.namespaces, Resource.serviceAccounts, Resource.configMaps]
    private static let certificates = "kube-root-ca.crt"
    private let authority: String

    /// - Parameter authority: the certificate of the API server's authority, in PEM.
    init(authority: String) {
        self.authority = authority
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        switch change.resource {
        case Resource.namespaces: own(change)
        case Resource.serviceAccounts where change.key.name == "default", Resource.configMaps where change.key.name == Self.certificates:
            [WorkKey(Resource.namespaces, ObjectKey(name: change.key.namespace ?? ""))]
        default: []
        }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let namespace = view.get(Resource.namespaces, key.key) else {
            // The only namespace of the cluster's own that can be deleted comes back: nodes keep their leases there.
            let isNeeded = key.key.name == "kube-node-lease" && !view.list(Resource.nodes, namespace: nil).isEmpty
            let lost: JSONObject = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(key.key.name)]]
            return Reconciliation(writes: isNeeded ? [.create(KubernetesObject(lost))] : [])
        }
        guard namespace.metadata.deletionTimestamp == nil else { return .done }
        var writes: [Write] = []
        if view.store.get(Resource.serviceAccounts, ObjectKey(namespace: namespace.name, name: "default")) == nil {
            let metadata: JSONValue = ["name": "default", "namespace": .string(namespace.name)]
            writes.append(.create(KubernetesObject(["apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata])))
        }
        if view.store.get(Resource.configMaps, ObjectKey(namespace: namespace.name, name: Self.certificates)) == nil {
            let description =
                "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as "
                + "the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters."
            let metadata: JSONValue = [
                "name": .string(Self.certificates), "namespace": .string(namespace.name),
                "annotations": ["kubernetes.io/description": .string(description)],
            ]
            writes.append(
                .create(
                    KubernetesObject([
                        "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": ["ca.crt": .string(authority)],
                    ])))
        }
        return Reconciliation(writes: writes)
    }
}
