import KubernetesModel

/// A StatefulSet and its pods by number.
struct StatefulSetState {
    let set: KubernetesObject
    let revision: Revision
    /// Those that still count, by their numbers.
    let all: [KubernetesObject]
    private let byOrdinal: [Int: KubernetesObject]
    let view: ClusterView
    private let now: Instant

    init(_ set: KubernetesObject, pods: OwnedPods, in view: ClusterView, at now: Instant) {
        self.set = set
        self.view = view
        self.now = now
        revision = Revision(of: set)
        let prefix = "\(set.name)-"
        let numbered = pods.pods.compactMap { pod -> (Int, KubernetesObject)? in
            guard pod.name.hasPrefix(prefix), let ordinal = Int(pod.name.dropFirst(prefix.count)) else { return nil }
            return (ordinal, pod)
        }
        byOrdinal = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
        all = numbered.sorted { $0.0 < $1.0 }.map(\.1)
    }

    var replicas: Int { self.set.spec["replicas"]?.intValue ?? 1 }
    /// Not all begin at zero.
    var ordinals: Range<Int> {
        let start = self.set.spec["ordinals"]?["start"]?.intValue ?? 0
        return start..<(start + replicas)
    }
    var isOrdered: Bool { self.set.spec["podManagementPolicy"] != "Parallel" }
    var partition: Int { self.set.spec["updateStrategy"]?["rollingUpdate"]?["partition"]?.intValue ?? 0 }

    func pod(_ ordinal: Int) -> KubernetesObject? { byOrdinal[ordinal] }

    /// Pods beyond the wanted number, the last of which goes first.
    var surplus: [KubernetesObject] { byOrdinal.filter { !ordinals.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value) }

    func isOutdated(_ pod: KubernetesObject) -> Bool { pod.metadata.labels[Revision.hashLabel] != revision.name }

    private var currentRevision: String { self.set.status["currentRevision"]?.stringValue ?? revision.name }
    var isUpdating: Bool { currentRevision != revision.name }

    /// The pods that the update takes next: from the last down to the partition, no more at a time than may be unavailable.
    var nextOutdated: [KubernetesObject] {
        guard set.spec["updateStrategy"]?["type"] != "OnDelete" else { return [] }
        let limit = max(set.spec["updateStrategy"]?["rollingUpdate"]?["maxUnavailable"]?.share(of: replicas, roundsUp: true) ?? 1, 1)
        var unavailable = 0
        var outdated: [KubernetesObject] = []
        for ordinal in ordinals.reversed() where ordinal >= partition {
            guard unavailable < limit else { break }
            guard let pod = byOrdinal[ordinal], pod.metadata.deletionTimestamp == nil else {
                unavailable += 1
                continue
            }
            if isOutdated(pod) { outdated.append(pod) }
            if isOutdated(pod) || !pod.isReadyPod { unavailable += 1 }
        }
        return outdated
    }

    // MARK: Making

    func makePod(_ ordinal: Int) -> KubernetesObject {
        let usesOld = isUpdating && ordinal < partition
        let name = "\(set.name)-\(ordinal)"
        var pod = set.pod(
            named: name,
            labels: [
                "apps.kubernetes.io/pod-index": String(ordinal), "statefulset.kubernetes.io/pod-name": name,
                Revision.hashLabel: usesOld ? currentRevision : revision.name,
            ])
        if usesOld, let old = oldTemplate { pod.spec = old }
        pod.metadata.json["generateName"] = .string("\(set.name)-")
        var spec = pod.spec
        spec["hostname"] = .string(name)
        if let service = set.spec["serviceName"]?.stringValue, !service.isEmpty { spec["subdomain"] = .string(service) }
        let claims = (set.spec["volumeClaimTemplates"]?.arrayValue ?? []).compactMap { $0["metadata"]?["name"]?.stringValue }
        let others = (spec["volumes"]?.arrayValue ?? []).filter { !claims.contains($0["name"]?.stringValue ?? "") }
        let volumes = claims.map { claim -> JSONValue in
            ["name": .string(claim), "persistentVolumeClaim": ["claimName": .string("\(claim)-\(name)")]]
        }
        if !(volumes + others).isEmpty { spec["volumes"] = .array(volumes + others) }
        pod.spec = spec
        return pod
    }

    private var oldTemplate: JSONValue? {
        let key = ObjectKey(namespace: set.namespace, name: currentRevision)
        return view.get(Resource.controllerRevisions, key)?["data"]?["spec"]?["template"]?["spec"]
    }

    // MARK: Status

    var status: JSONObject {
        var status = set.status.objectValue ?? [:]
        let wait = set.spec["minReadySeconds"]?.intValue ?? 0
        let living = all.filter { !$0.isFinishedPod }
        let active = living.filter { $0.metadata.deletionTimestamp == nil }
        let updated = active.filter { !isOutdated($0) }
        let isSettled = updated.count == replicas && living.count == replicas && updated.allSatisfy(\.isReadyPod)
        let current = isUpdating && isSettled && partition == 0 ? revision.name : currentRevision
        let ready = living.filter(\.isReadyPod).count
        let currentCount = active.count { $0.metadata.labels[Revision.hashLabel] == current }
        status["replicas"] = JSONValue(living.count)
        status["readyReplicas"] = ready == 0 ? JSONValue?.none : JSONValue(ready)
        status["availableReplicas"] = JSONValue(living.filter { $0.isAvailablePod(minimumReadySeconds: wait, at: now) }.count)
        status["currentReplicas"] = currentCount == 0 ? JSONValue?.none : JSONValue(currentCount)
        status["updatedReplicas"] = updated.isEmpty ? JSONValue?.none : JSONValue(updated.count)
        status["currentRevision"] = .string(current)
        status["updateRevision"] = .string(revision.name)
        status["collisionCount"] = 0
        status["observedGeneration"] = set.metadata.generation.map { JSONValue($0) }
        return status
    }
}
