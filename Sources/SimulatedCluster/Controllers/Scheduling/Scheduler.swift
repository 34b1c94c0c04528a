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

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        [Self.queue]
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        let waiting = view.list(Resource.pods) { $0.field("spec.nodeName") ?? "" == "" && !$0.isBeingDeleted }
            .map { (object: $0, pod: SchedulablePod($0)) }
            .filter { $0.pod.schedulerName == name && !$0.pod.isFinished }
        guard !waiting.isEmpty else { return .done }
        var scheduling = Self.world(view)
        var writes: [Write] = []
        let order = waiting.sorted { left, right in
            if left.pod.priority != right.pod.priority { return left.pod.priority > right.pod.priority }
            let times = (left.object.metadata.creationTimestamp ?? "", right.object.metadata.creationTimestamp ?? "")
            return times.0 == times.1 ? left.pod.key < right.pod.key : times.0 < times.1
        }
        for (object, pod) in order {
            guard pod.gates.isEmpty else {
                writes += gated(object, at: now)
                continue
            }
            let verdict = scheduling.verdict(for: pod)
            guard let node = NodeChoice(pod, in: scheduling).best(of: verdict.feasible) else {
                writes += reject(object, verdict.message ?? "", at: now)
                continue
            }
            let claims = claimsToBind(of: pod, to: node, in: view)
            if claims.isEmpty { writes += bind(object, to: node) } else { writes += claims }
            scheduling = scheduling.placing(pod, on: node)
        }
        return Reconciliation(writes: writes)
    }

    private static func world(_ view: ClusterView) -> Scheduling {
        var nodes = view.list(Resource.nodes).map { SchedulableNode($0) }
        let indexes = Dictionary(uniqueKeysWithValues: nodes.indices.map { (nodes[$0].name, $0) })
        for object in view.list(Resource.pods, where: { $0.field("spec.nodeName") ?? "" != "" }) {
            let pod = SchedulablePod(object)
            guard !pod.isFinished, let node = pod.nodeName, let index = indexes[node] else { continue }
            nodes[index].place(pod)
        }
        let storage = SchedulingStorage(
            claims: view.list(Resource.persistentVolumeClaims).map { BindableClaim($0) },
            volumes: view.list(Resource.persistentVolumes).map { BindableVolume($0) },
            classes: view.list(Resource.storageClasses).map { BindingClass($0) })
        return Scheduling(nodes: nodes, storage: storage)
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

    private func reject(_ pod: KubernetesObject, _ message: String, at now: Instant) -> [Write] {
        var status = pod.status.objectValue ?? [:]
        let old = pod.condition("PodScheduled")
        guard old?["message"]?.stringValue != message else { return [] }
        status["conditions"] = [condition(pod, "Unschedulable", message, old: old, at: now)]
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
