import KubernetesModel
import KubernetesSemantics

/// Assigns pods to nodes. One key stands for the whole queue: a change anywhere may make room for any of the waiting.
struct Scheduler: Controller {
    let name = "default-scheduler"
    let watches = [
        Resource.pods, Resource.nodes, Resource.persistentVolumeClaims, Resource.persistentVolumes, Resource.storageClasses,
    ]

    private static let queue = WorkKey(Resource.pods, ObjectKey(name: "queue"))
    private static let selectedNode = "volume.kubernetes.io/selected-node"
    /// More pods are not looked at in one go, whether they are placed or not.
    private static let turn = 8
    /// The pod after which the next turn goes on: those at the end of a long queue are to be looked at, too, while much changes.
    private var last: ObjectKey?
    private var placed = PlacedPods()
    private var waiting = WaitingPods()

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        view.store.hasPods(onNode: "") ? [Self.queue] : []
    }

    mutating func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        let waiting = self.waiting.all(for: name, in: view)
        guard !waiting.isEmpty else { return .done }
        var scheduling = placed.world(in: view)
        var writes: [Write] = []
        var count = 0
        let start = last.flatMap { last in waiting.firstIndex { $0.pod.key == last } }.map { $0 + 1 } ?? 0
        last = nil
        for entry in waiting[start...] where entry.rejectedIn != placed.generation {
            guard count < Self.turn else { return Reconciliation(writes: writes, wakeAfter: .milliseconds(10)) }
            let pod = entry.pod
            count += 1
            last = pod.key
            let object = view.object(entry.stored)
            guard pod.gates.isEmpty else {
                writes += gated(object, at: now)
                self.waiting.reject(entry, in: placed.generation)
                continue
            }
            let verdict = scheduling.verdict(for: pod)
            guard let node = NodeChoice(pod, in: scheduling).best(of: verdict.feasible) else {
                let (rejection, nominated) = reject(object, pod, verdict, in: scheduling, view, at: now)
                writes += rejection
                if let nominated { scheduling.place(pod, on: nominated) } else { self.waiting.reject(entry, in: placed.generation) }
                continue
            }
            let claims = claimsToBind(of: pod, to: node, in: view)
            if claims.isEmpty { writes += bind(object, to: node) } else { writes += claims }
            scheduling.place(pod, on: node)
        }
        last = nil
        // Meanwhile something may have changed for those at the beginning of the queue.
        let isStale = waiting[..<start].contains { $0.rejectedIn.map { $0 != placed.generation } ?? false }
        return Reconciliation(writes: writes, wakeAfter: isStale ? .milliseconds(10) : nil)
    }

    private func bind(_ pod: KubernetesObject, to node: String) -> [Write] {
        let message = "Successfully assigned \(pod.key) to \(node)"
        return [.bind(pod.key, node: node), report(pod, .normal, "Scheduled", message, action: "Binding")]
    }

    /// Claims that wait for their consumer hear of the node now; the pod follows when they are bound.
    private func claimsToBind(of pod: SchedulablePod, to node: String, in view: ClusterView) -> [Write] {
        pod.claims.compactMap { name -> Write? in
            let key = ObjectKey(namespace: pod.key.namespace, name: name)
            guard let object = view.get(Resource.persistentVolumeClaims, key) else { return nil }
            let claim = BindableClaim(object)
            guard !claim.wasBound else { return nil }
            return .patch(Resource.persistentVolumeClaims, key, ["metadata": ["annotations": [Self.selectedNode: .string(node)]]])
        }
    }

    // MARK: Pods that can't be placed

    /// What becomes of a pod without a node, and the node that is being cleared for it.
    private func reject(
        _ object: KubernetesObject, _ pod: SchedulablePod, _ verdict: SchedulingVerdict, in scheduling: Scheduling, _ view: ClusterView,
        at now: Instant
    ) -> (writes: [Write], nominated: String?) {
        // Those who were told to make room may still be on their way out.
        if let node = scheduling.nodes.first(where: { $0.name == pod.nominatedNode }),
            node.pods.contains(where: { $0.isTerminating && $0.priority < pod.priority })
        {
            return ([], node.name)
        }
        guard verdict.obstacle == nil, let preemption = Preemption(for: pod, in: scheduling, verdict: verdict) else {
            return (complain(object, verdict.message ?? "", nominating: nil, at: now), nil)
        }
        let victims = preemption.victims.compactMap { view.get(Resource.pods, $0.key) }.filter { $0.metadata.deletionTimestamp == nil }
        let evictions = victims.flatMap { evict($0, for: object, from: preemption.node, at: now) }
        return (complain(object, verdict.summary, nominating: preemption.node, at: now) + evictions, preemption.node)
    }

    private func evict(_ victim: KubernetesObject, for pod: KubernetesObject, from node: String, at now: Instant) -> [Write] {
        var doomed = victim
        doomed.status = victim.disrupted("PreemptionByScheduler", "\(name): preempting to accommodate a higher priority pod", at: now)
        return [
            .updateStatus(doomed), .delete(Resource.pods, victim.key, DeleteOptions(requiredUID: victim.uid)),
            report(victim, .normal, "Preempted", "Preempted by pod \(pod.uid) on node \(node)", action: "Preempting"),
        ]
    }

    private func complain(_ pod: KubernetesObject, _ message: String, nominating node: String?, at now: Instant) -> [Write] {
        var status = pod.status.objectValue ?? [:]
        let old = pod.condition("PodScheduled")
        guard old?["message"]?.stringValue != message || node != status["nominatedNodeName"]?.stringValue else { return [] }
        status["conditions"] = [condition(pod, "Unschedulable", message, old: old, at: now)]
        status["nominatedNodeName"] = node.map(JSONValue.string)
        return statusWrite(pod, status) + [report(pod, .warning, "FailedScheduling", message, action: "Scheduling")]
    }

    private func gated(_ pod: KubernetesObject, at now: Instant) -> [Write] {
        let message = "Scheduling is blocked due to non-empty scheduling gates"
        guard pod.condition("PodScheduled") == nil else { return [] }
        var status = pod.status.objectValue ?? [:]
        status["conditions"] = [condition(pod, "SchedulingGated", message, old: nil, at: now)]
        return statusWrite(pod, status)
    }

    private func condition(_ pod: KubernetesObject, _ reason: String, _ message: String, old: JSONValue?, at now: Instant) -> JSONValue {
        var json: JSONObject = ["type": "PodScheduled", "status": "False", "lastProbeTime": .null]
        json["lastTransitionTime"] = old?["lastTransitionTime"] ?? .string(KubernetesTime.seconds(now))
        json["reason"] = .string(reason)
        json["message"] = .string(message)
        // A gate is the API server's business, which doesn't say which generation it looked at.
        if reason != "SchedulingGated" { json["observedGeneration"] = pod.metadata.generation.map { JSONValue($0) } }
        return .object(json)
    }

    private func report(_ pod: KubernetesObject, _ level: EventDraft.Level, _ reason: String, _ message: String, action: String) -> Write {
        .event(EventDraft(regarding: pod.reference, level: level, reason: reason, message: message, component: name, action: action))
    }
}
