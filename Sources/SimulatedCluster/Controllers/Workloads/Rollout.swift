import KubernetesModel

/// A Deployment and its ReplicaSets: which of them is new, and what the strategy does next.
struct Rollout {
    struct Scale {
        var set: KubernetesObject
        var replicas: Int
    }

    static let revisionKey = "deployment.kubernetes.io/revision"
    static let hashKey = "pod-template-hash"

    let deployment: KubernetesObject
    /// Oldest first.
    let sets: [KubernetesObject]
    let newSet: KubernetesObject?

    init(_ deployment: KubernetesObject, sets: [KubernetesObject]) {
        self.deployment = deployment
        self.sets = sets.sorted { left, right in
            let times = (left.metadata.creationTimestamp ?? "", right.metadata.creationTimestamp ?? "")
            return times.0 == times.1 ? left.name < right.name : times.0 < times.1
        }
        let template = Self.plain(deployment.spec["template"])
        newSet = self.sets.first { Self.plain($0.spec["template"]) == template }
    }

    var replicas: Int { deployment.spec["replicas"]?.intValue ?? 1 }
    var oldSets: [KubernetesObject] { sets.filter { $0.uid != newSet?.uid } }
    var isRecreating: Bool { deployment.spec["strategy"]?["type"] == "Recreate" }
    var isFreeOfOldPods: Bool {
        oldSets.allSatisfy {
            Self.size(of: $0) == 0 && Self.count("replicas", of: $0) == 0 && Self.count("terminatingReplicas", of: $0) == 0
        }
    }

    static func size(of set: KubernetesObject) -> Int { set.spec["replicas"]?.intValue ?? 0 }
    static func count(_ field: String, of set: KubernetesObject) -> Int { set.status[field]?.intValue ?? 0 }

    private static func plain(_ template: JSONValue?) -> JSONValue {
        var template = template ?? .null
        template[path: ["metadata", "labels", hashKey]] = nil
        return template
    }

    // MARK: Bounds

    var maximumSurge: Int { isRecreating ? 0 : bound("maxSurge", roundsUp: true) }

    var maximumUnavailable: Int {
        if isRecreating { return 0 }
        let unavailable = bound("maxUnavailable", roundsUp: false)
        // Both zero would never get anywhere.
        return unavailable == 0 && maximumSurge == 0 ? 1 : min(unavailable, replicas)
    }

    private func bound(_ field: String, roundsUp: Bool) -> Int {
        deployment.spec["strategy"]?["rollingUpdate"]?[field]?.share(of: replicas, roundsUp: roundsUp) ?? 0
    }

    // MARK: Revisions

    /// Anybody may write the annotation: there is always a next one.
    func revision(of set: KubernetesObject) -> Int {
        min(Int(set.metadata.annotations[Self.revisionKey] ?? "") ?? 0, .max - 1)
    }

    var newestOldRevision: Int { oldSets.map(revision).max() ?? 0 }
    var nextRevision: String { String(newestOldRevision + 1) }

    /// What the Deployment is annotated with, as its ReplicaSets are too.
    var inheritedAnnotations: [String: String] {
        let own = ["kubectl.kubernetes.io/last-applied-configuration", Self.revisionKey, "deprecated.deployment.rollback.to"]
        return deployment.metadata.annotations.filter { !own.contains($0.key) }
    }

    var sizeAnnotations: [String: String] {
        [
            "deployment.kubernetes.io/desired-replicas": String(replicas),
            "deployment.kubernetes.io/max-replicas": String(replicas + maximumSurge),
        ]
    }

    /// The old ReplicaSets that the history limit doesn't keep.
    var outdatedSets: [KubernetesObject] {
        let limit = deployment.spec["revisionHistoryLimit"]?.intValue ?? 10
        let empty = oldSets.filter { Self.size(of: $0) == 0 && Self.count("replicas", of: $0) == 0 && $0.metadata.deletionTimestamp == nil }
        return Array(empty.sorted { revision(of: $0) < revision(of: $1) }.dropLast(limit))
    }

    func makeNewSet() -> KubernetesObject {
        let template = deployment.spec["template"] ?? [:]
        // Always ten digits, so that the name's last part has ten characters.
        let digest = StableHash.fnv32(String(decoding: JSONWriter.compact(template), as: UTF8.self)) | 0x8000_0000
        let hash = StableHash.name(digest)
        var hashed = template
        hashed[path: ["metadata", "labels", Self.hashKey]] = .string(hash)
        var annotations = inheritedAnnotations.merging(sizeAnnotations) { _, last in last }
        annotations[Self.revisionKey] = nextRevision
        var selector = deployment.spec["selector"] ?? [:]
        selector[path: ["matchLabels", Self.hashKey]] = .string(hash)
        var spec: JSONObject = ["replicas": JSONValue(scaledUp(from: 0)), "selector": selector, "template": hashed]
        spec["minReadySeconds"] = deployment.spec["minReadySeconds"]
        var metadata: JSONObject = ["name": .string("\(deployment.name)-\(hash)")]
        metadata["namespace"] = deployment.namespace.map(JSONValue.string)
        metadata["labels"] = hashed["metadata"]?["labels"]
        metadata["annotations"] = JSONValue(annotations)
        metadata["ownerReferences"] = [deployment.controllerReference]
        return KubernetesObject(["apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": .object(metadata), "spec": .object(spec)])
    }

    // MARK: Scaling

    /// How large the new ReplicaSet may be now.
    private func scaledUp(from size: Int) -> Int {
        if isRecreating { return replicas }
        let total = sets.map(Self.size).reduce(0, +)
        let room = replicas + maximumSurge - total
        return room <= 0 ? size : size + min(room, replicas - size)
    }

    /// The next step of the strategy; empty when there is nothing to do now.
    var nextScales: [Scale] {
        if isBeingScaled { return scalesToSize }
        if isRecreating {
            let down = oldSets.filter { Self.size(of: $0) > 0 }.map { Scale(set: $0, replicas: 0) }
            guard down.isEmpty, let newSet, isFreeOfOldPods, Self.size(of: newSet) != replicas else { return down }
            return [Scale(set: newSet, replicas: replicas)]
        }
        guard let newSet else { return [] }
        let size = Self.size(of: newSet)
        if size > replicas { return [Scale(set: newSet, replicas: replicas)] }
        let larger = scaledUp(from: size)
        if larger > size { return [Scale(set: newSet, replicas: larger)] }
        return scaledDown(newSet)
    }

    /// Old pods that don't work go first; of those that do, only as many as the minimum allows.
    private func scaledDown(_ newSet: KubernetesObject) -> [Scale] {
        let old = oldSets.filter { Self.size(of: $0) > 0 }
        guard !old.isEmpty else { return [] }
        let minimum = replicas - maximumUnavailable
        let missing = Self.size(of: newSet) - Self.count("availableReplicas", of: newSet)
        var budget = sets.map(Self.size).reduce(0, +) - minimum - missing
        guard budget > 0 else { return [] }
        var sizes = Dictionary(uniqueKeysWithValues: old.map { ($0.uid, Self.size(of: $0)) })
        for set in old {
            let unhealthy = min(budget, Self.size(of: set) - Self.count("availableReplicas", of: set))
            guard unhealthy > 0 else { continue }
            sizes[set.uid, default: 0] -= unhealthy
            budget -= unhealthy
        }
        var spare = sets.map { Self.count("availableReplicas", of: $0) }.reduce(0, +) - minimum
        for set in old where spare > 0 {
            let healthy = min(sizes[set.uid, default: 0], spare)
            sizes[set.uid, default: 0] -= healthy
            spare -= healthy
        }
        return old.compactMap { set in
            let size = sizes[set.uid, default: 0]
            return size == Self.size(of: set) ? nil : Scale(set: set, replicas: size)
        }
    }
}
