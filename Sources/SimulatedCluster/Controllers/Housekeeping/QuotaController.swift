import KubernetesModel

/// Reports how much of each quota is used.
struct QuotaController: Controller {
    let name = "resourcequota-controller"
    private static let quotas = GroupResource(resource: "resourcequotas")

    /// What quotas count by name, and what people limit with `count/`.
    let patience = Duration.milliseconds(20)
    let watches =
        ["resourcequotas", "pods", "services", "configmaps", "secrets", "persistentvolumeclaims", "replicationcontrollers"]
        .map { GroupResource(resource: $0) }
        + ["deployments", "replicasets", "statefulsets", "daemonsets"].map { GroupResource(group: "apps", resource: $0) }
        + ["jobs", "cronjobs"].map { GroupResource(group: "batch", resource: $0) }
        + [GroupResource(group: "networking.k8s.io", resource: "ingresses")]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        if change.resource == Self.quotas { return [WorkKey(Self.quotas, change.key)] }
        guard let namespace = change.key.namespace else { return [] }
        return view.store.list(Self.quotas, namespace: namespace).map { WorkKey(Self.quotas, $0.key) }
    }

    mutating func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard var quota = view.get(Self.quotas, key.key), let hard = quota.spec["hard"], hard.objectValue != nil else { return .done }
        let used = QuotaUsage.total(for: quota, in: view).sorted { $0.key < $1.key }
        let status: JSONValue = ["hard": hard, "used": .object(JSONObject(used.map { ($0.key, $0.value.json) }))]
        if quota.status == status { return .done }
        quota["status"] = status
        return Reconciliation(writes: [.updateStatus(quota)])
    }
}
