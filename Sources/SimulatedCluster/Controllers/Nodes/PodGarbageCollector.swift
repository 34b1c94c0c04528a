import KubernetesModel

/// Removes pods that nobody will end any more: those bound to a node that is gone.
struct PodGarbageCollector: Controller {
    let name = "pod-garbage-collector"
    let watches = [Resource.nodes, Resource.pods]
    /// A node that comes back within this time keeps its pods.
    private static let quarantine = Duration.seconds(40)
    private var missing: [String: Instant] = [:]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        if change.resource == Resource.nodes { return change.kind == .modified ? [] : own(change) }
        guard change.kind != .deleted, let node = change.object.field("spec.nodeName"), !node.isEmpty else { return [] }
        let key = ObjectKey(name: node)
        return view.store.get(Resource.nodes, key) == nil ? [WorkKey(Resource.nodes, key)] : []
    }

    mutating func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard view.store.get(Resource.nodes, key.key) == nil else {
            missing[key.key.name] = nil
            return .done
        }
        let since = missing[key.key.name] ?? now
        missing[key.key.name] = since
        let rest = now.duration(to: since + Self.quarantine)
        guard rest <= .zero else { return Reconciliation(wakeAfter: rest) }
        // Pods that are bound to that name later have a quarantine of their own.
        missing[key.key.name] = nil
        let writes = view.pods(onNode: key.key.name).flatMap { pod -> [Write] in
            var failed = pod
            failed.status = pod.disrupted("DeletionByPodGC", "PodGC: node no longer exists", at: now)
            if !pod.isFinishedPod { failed["status", default: [:]]["phase"] = "Failed" }
            return [.updateStatus(failed), .delete(Resource.pods, pod.key, DeleteOptions(gracePeriodSeconds: 0, requiredUID: pod.uid))]
        }
        return Reconciliation(writes: writes)
    }
}
