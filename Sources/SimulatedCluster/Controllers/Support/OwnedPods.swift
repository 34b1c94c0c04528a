import KubernetesModel
import KubernetesSemantics

/// The pods of a workload: those it owns, and those that fit its selector and belong to nobody.
struct OwnedPods {
    let pods: [KubernetesObject]
    /// The writes that make orphans its own.
    let adoptions: [Write]

    init(of owner: KubernetesObject, in view: ClusterView) {
        let stored = StoredPods(of: owner, in: view)
        pods = stored.pods.map(view.object)
        adoptions = stored.adoptions
    }

    /// Neither finished nor on their way out.
    var active: [KubernetesObject] { pods.filter { !$0.isFinishedPod && $0.metadata.deletionTimestamp == nil } }
    /// On their way out and not finished yet.
    var terminating: [KubernetesObject] { pods.filter { !$0.isFinishedPod && $0.metadata.deletionTimestamp != nil } }
}

/// The same pods by what is known of them without parsing, for workloads that may have thousands.
struct StoredPods {
    /// In the order of their keys.
    let pods: [StoredObject]
    let adoptions: [Write]

    init(of owner: KubernetesObject, in view: ClusterView) {
        let owned = view.store.owned(by: owner.uid, resource: Resource.pods).filter { pod in
            pod.owners.contains { $0.isController && $0.uid == owner.uid }
        }
        // The oldest kind selects by equal labels alone.
        let selector =
            owner.kind == "ReplicationController"
            ? SelectorTerms(labels: owner.spec["selector"]?.stringMap ?? [:]) : SelectorTerms(owner.spec["selector"] ?? .null)
        guard owner.metadata.deletionTimestamp == nil, !selector.terms.isEmpty else {
            (pods, adoptions) = (owned, [])
            return
        }
        var orphans: [StoredObject] = []
        view.store.forEach(Resource.pods, namespace: owner.namespace) { stored in
            let isOrphan = stored.owners.isEmpty && !stored.isBeingDeleted && !stored.isFinishedPod
            if isOrphan, selector.matches(stored.labels) { orphans.append(stored) }
            return true
        }
        pods = orphans.isEmpty ? owned : (owned + orphans).sorted { $0.key < $1.key }
        adoptions = orphans.map { .patch(Resource.pods, $0.key, ["metadata": ["ownerReferences": [owner.controllerReference]]]) }
    }

    var active: [StoredObject] { pods.filter { !$0.isFinishedPod && !$0.isBeingDeleted } }
    var terminating: [StoredObject] { pods.filter { !$0.isFinishedPod && $0.isBeingDeleted } }
}

extension StoredObject {
    var isFinishedPod: Bool { Pod.isFinal(phase: field("status.phase")) }
    var isWaitingForNode: Bool { field("spec.nodeName") == "" }
}

extension KubernetesObject {
    var isFinishedPod: Bool { Pod.isFinal(phase: status["phase"]?.stringValue) }

    /// Whether a pod has no node yet.
    var isWaitingForNode: Bool { (spec["nodeName"]?.stringValue ?? "").isEmpty }

    func condition(_ type: String) -> JSONValue? {
        status["conditions"]?.arrayValue?.first { $0["type"]?.stringValue == type }
    }

    /// Whether the condition of a type is `True`.
    func holds(_ condition: String) -> Bool { self.condition(condition)?["status"]?.stringValue == "True" }

    var isReadyPod: Bool { holds("Ready") }

    /// Whether a pod has been ready for as long as its workload asks for.
    func isAvailablePod(minimumReadySeconds seconds: Int, at now: Instant) -> Bool {
        guard isReadyPod else { return false }
        guard seconds > 0 else { return true }
        guard let since = condition("Ready")?["lastTransitionTime"]?.stringValue.flatMap(KubernetesTime.parse) else { return false }
        return since.duration(to: now) >= .seconds(seconds)
    }

    /// What an object that this one controls carries.
    var controllerReference: JSONValue {
        [
            "apiVersion": .string(apiVersion), "kind": .string(kind), "name": .string(name), "uid": .string(uid), "controller": true,
            "blockOwnerDeletion": true,
        ]
    }

    /// A pod of this workload, made from its template.
    func pod(named name: String, generateName: String? = nil, labels: [String: String] = [:]) -> KubernetesObject {
        let template = spec["template"] ?? .null
        var metadata: JSONObject = ["name": .string(name)]
        metadata["generateName"] = generateName.map(JSONValue.string)
        metadata["namespace"] = namespace.map(JSONValue.string)
        let all = (template["metadata"]?["labels"]?.stringMap ?? [:]).merging(labels) { _, last in last }
        if !all.isEmpty { metadata["labels"] = JSONValue(all) }
        metadata["annotations"] = template["metadata"]?["annotations"]
        metadata["finalizers"] = template["metadata"]?["finalizers"]
        metadata["ownerReferences"] = [controllerReference]
        return KubernetesObject(["apiVersion": "v1", "kind": "Pod", "metadata": .object(metadata), "spec": template["spec"] ?? [:]])
    }
}
