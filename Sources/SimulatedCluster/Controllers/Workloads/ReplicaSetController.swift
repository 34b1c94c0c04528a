import KubernetesModel

/// Keeps as many pods of a template as a ReplicaSet asks for, or its ancestor, a ReplicationController.
struct ReplicaSetController: Controller {
    /// Which of the two it works for.
    enum Kind: String {
        case replicaSet = "ReplicaSet"
        case replicationController = "ReplicationController"

        var resource: GroupResource { self == .replicaSet ? Resource.replicaSets : Resource.replicationControllers }
        var controllerName: String { self == .replicaSet ? "replicaset-controller" : "replication-controller" }
    }

    let patience = Duration.milliseconds(20)
    private let kind: Kind
    private let random: Randomness

    init(_ kind: Kind = .replicaSet, random: Randomness) {
        self.kind = kind
        self.random = random
    }

    var name: String { kind.controllerName }
    var watches: [GroupResource] { [kind.resource, Resource.pods] }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        if change.resource == kind.resource { return own(change) }
        let owners = controllers(of: change, kind: kind.rawValue, kind.resource, in: view)
        guard change.object.owners.isEmpty, change.kind != .deleted else { return owners }
        // An orphan may fit any set of its namespace.
        return owners + view.store.list(kind.resource, namespace: change.key.namespace).map { WorkKey(kind.resource, $0.key) }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let set = view.get(kind.resource, key.key) else { return .done }
        let pods = StoredPods(of: set, in: view)
        let active = pods.active
        var writes = pods.adoptions
        let ready = active.filter(\.isReady)
        let wait = set.spec["minReadySeconds"]?.intValue ?? 0
        let available =
            wait == 0 ? ready.count : ready.count { view.object($0).isAvailablePod(minimumReadySeconds: wait, at: now) }
        let status = self.status(of: set, active, available: available, terminating: pods.terminating.count, at: now)
        if set.metadata.deletionTimestamp == nil {
            let difference = (set.spec["replicas"]?.intValue ?? 1) - active.count
            let burst = PodBurst.size(waiting: active.count(where: \.isWaitingForNode))
            if difference > 0 { writes += create(min(difference, burst), for: set) }
            if difference < 0 { writes += delete(min(-difference, PodBurst.size), of: active.map(view.object), for: set) }
        }
        return Reconciliation(writes: statusWrite(set, status) + writes, wakeAfter: available < ready.count ? .seconds(wait) : nil)
    }

    /// What is created is told; what is refused too, on the ReplicaSet itself, for its pods don't exist.
    func refused(_ error: StatusError, _ write: Write, for key: WorkKey, in view: ClusterView, at now: Instant) -> [Write] {
        guard case .create(let pod) = write, let set = view.get(kind.resource, key.key) else { return [] }
        // Each attempt makes up another name: without it the message is the same, and nothing new to report.
        let problem = error.message.replacing(pod.name, with: pod.metadata.generateName ?? pod.name)
        var status = set.status.objectValue ?? [:]
        var conditions = ConditionList(status["conditions"], at: now)
        conditions.set("ReplicaFailure", true, "FailedCreate", problem, updates: false)
        status["conditions"] = conditions.json
        return [event(on: set, .warning, "FailedCreate", "Error creating: \(problem)")] + statusWrite(set, status)
    }

    private func create(_ count: Int, for set: KubernetesObject) -> [Write] {
        (0..<count).flatMap { _ -> [Write] in
            let prefix = "\(set.name)-"
            let pod = set.pod(named: prefix.prefix(58) + random.suffix(), generateName: prefix)
            return [.create(pod), event(on: set, "SuccessfulCreate", "Created pod: \(pod.name)")]
        }
    }

    private func delete(_ count: Int, of pods: [KubernetesObject], for set: KubernetesObject) -> [Write] {
        pods.sorted { PodRank($0) < PodRank($1) }.prefix(count).flatMap { pod -> [Write] in
            [
                .delete(Resource.pods, pod.key, DeleteOptions(requiredUID: pod.uid)),
                event(on: set, "SuccessfulDelete", "Deleted pod: \(pod.name)"),
            ]
        }
    }

    private func status(
        of set: KubernetesObject, _ active: [StoredObject], available: Int, terminating: Int, at now: Instant
    ) -> JSONObject {
        let labels = set.spec["template"]?["metadata"]?["labels"]?.stringMap ?? [:]
        var status: JSONObject = ["replicas": JSONValue(active.count)]
        let fullyLabelled = active.filter { pod in labels.allSatisfy { pod.labels[$0.key] == $0.value } }
        func count(_ number: Int) -> JSONValue? { number == 0 ? JSONValue?.none : JSONValue(number) }
        status["fullyLabeledReplicas"] = count(fullyLabelled.count)
        status["readyReplicas"] = count(active.count(where: \.isReady))
        status["availableReplicas"] = count(available)
        if kind == .replicaSet { status["terminatingReplicas"] = JSONValue(terminating) }
        status["observedGeneration"] = set.metadata.generation.map { JSONValue($0) }
        var conditions = ConditionList(set.status["conditions"], at: now)
        if active.count >= set.spec["replicas"]?.intValue ?? 1 { conditions.remove("ReplicaFailure") }
        status["conditions"] = conditions.json
        return status
    }
}

/// Which pod goes first when there are too many: the one that is furthest from being useful, then the youngest.
struct PodRank: Comparable {
    private let place: [Int]
    private let created: String
    private let name: String

    init(_ pod: KubernetesObject) {
        let phase = pod.status["phase"]?.stringValue
        place = [
            pod.isWaitingForNode ? 0 : 1, phase == "Pending" ? 0 : phase == "Running" ? 2 : 1,
            pod.isReadyPod ? 1 : 0,
        ]
        created = pod.metadata.creationTimestamp ?? ""
        name = pod.name
    }

    static func < (left: PodRank, right: PodRank) -> Bool {
        if left.place != right.place { return left.place.lexicographicallyPrecedes(right.place) }
        return left.created == right.created ? left.name < right.name : left.created > right.created
    }
}
