import KubernetesModel
import KubernetesSemantics

/// Deletes pods from nodes whose `NoExecute` taints they don't tolerate, or tolerate only for a time.
struct TaintEviction: Controller {
    let name = "taint-eviction-controller"
    let watches = [Resource.nodes, Resource.pods]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        if change.resource == Resource.nodes {
            let isTainted = [change.object, change.previous].compactMap { $0 }.contains { !Self.taints(view.object($0)).isEmpty }
            return isTainted ? view.store.pods(onNode: change.key.name).map { WorkKey(Resource.pods, $0.key) } : []
        }
        let isPlaced =
            change.kind != .deleted && change.previous?.field("spec.nodeName") ?? "" == ""
            && change.object.field("spec.nodeName") ?? "" != ""
        return isPlaced ? own(change) : []
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let pod = view.get(Resource.pods, key.key), pod.metadata.deletionTimestamp == nil,
            let name = pod.spec["nodeName"]?.stringValue, let node = view.get(Resource.nodes, ObjectKey(name: name))
        else { return .done }
        let tolerations = (pod.spec["tolerations"]?.arrayValue ?? []).map { KubernetesSemantics.Toleration($0) }
        var end: Instant?
        for (taint, since) in Self.taints(node) {
            let matching = tolerations.filter { $0.tolerates(taint) }
            guard !matching.isEmpty else { return Reconciliation(writes: evict(pod, at: now)) }
            guard let seconds = matching.compactMap(\.seconds).min() else { continue }
            let time = (since ?? now) + .seconds(max(seconds, 0))
            end = min(end ?? time, time)
        }
        guard let end else { return .done }
        return end <= now ? Reconciliation(writes: evict(pod, at: now)) : Reconciliation(wakeAfter: now.duration(to: end))
    }

    private static func taints(_ node: KubernetesObject) -> [(taint: KubernetesSemantics.Taint, since: Instant?)] {
        (node.spec["taints"]?.arrayValue ?? []).filter { $0["effect"] == "NoExecute" }
            .map { (KubernetesSemantics.Taint($0), $0["timeAdded"]?.stringValue.flatMap(KubernetesTime.parse)) }
    }

    private func evict(_ pod: KubernetesObject, at now: Instant) -> [Write] {
        var doomed = pod
        doomed.status = pod.disrupted("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", at: now)
        return [
            event(on: pod, "TaintManagerEviction", "Marking for deletion Pod \(pod.key)"), .updateStatus(doomed),
            .delete(Resource.pods, pod.key, DeleteOptions(requiredUID: pod.uid)),
        ]
    }
}

extension KubernetesObject {
    /// A pod's status with the condition that tells who is about to end it.
    func disrupted(_ reason: String, _ message: String, at now: Instant) -> JSONValue {
        var conditions = ConditionList(status["conditions"], at: now)
        conditions.set("DisruptionTarget", true, reason, message, updates: false)
        var status = status
        status["conditions"] = conditions.json
        return status
    }
}
