import KubernetesModel

/// The status of a Deployment, as it follows from its ReplicaSets.
struct DeploymentStatus {
    private let rollout: Rollout
    private let now: Instant
    private var conditions: ConditionList
    private var counts: [String: Int] = [:]

    init(_ rollout: Rollout, at now: Instant) {
        self.rollout = rollout
        self.now = now
        conditions = ConditionList(rollout.deployment.status["conditions"], at: now)
        for field in ["replicas", "readyReplicas", "availableReplicas", "terminatingReplicas"] {
            counts[field] = rollout.sets.map { Rollout.count(field, of: $0) }.reduce(0, +)
        }
        counts["updatedReplicas"] = rollout.newSet.map { Rollout.count("replicas", of: $0) } ?? 0
        counts["unavailableReplicas"] = max(0, rollout.sets.map(Rollout.size).reduce(0, +) - self["availableReplicas"])
        setAvailable()
        setReplicaFailure()
    }

    private subscript(field: String) -> Int { counts[field, default: 0] }

    var isComplete: Bool {
        let wanted = rollout.replicas
        return self["updatedReplicas"] == wanted && self["replicas"] == wanted && self["availableReplicas"] == wanted
    }

    private mutating func setAvailable() {
        let isAvailable = self["availableReplicas"] >= rollout.replicas - rollout.maximumUnavailable
        conditions.set(
            "Available", isAvailable, isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.")
    }

    private mutating func setReplicaFailure() {
        let candidates = [rollout.newSet].compactMap { $0 } + rollout.oldSets
        let failure = candidates.lazy.compactMap { $0.condition("ReplicaFailure") }.first
        guard let failure else { return conditions.remove("ReplicaFailure") }
        conditions.set("ReplicaFailure", true, failure["reason"]?.stringValue ?? "", failure["message"]?.stringValue ?? "")
    }

    mutating func noteCreation(of set: String) {
        conditions.set("Progressing", true, "NewReplicaSetCreated", "Created new replica set \"\(set)\"")
        // The pods to come are missed from now on.
        counts["unavailableReplicas"] = max(self["unavailableReplicas"], rollout.replicas - self["availableReplicas"])
    }

    mutating func setPaused() {
        conditions.set("Progressing", false, "DeploymentPaused", "Deployment is paused")
    }

    /// Judges the rollout: done, going on, or out of time.
    mutating func noteProgress() {
        let name = rollout.newSet?.name ?? rollout.deployment.name
        let subject = rollout.newSet == nil ? "Deployment \"\(name)\"" : "ReplicaSet \"\(name)\""
        let reason = conditions["Progressing"]?["reason"]?.stringValue
        if reason == nil, rollout.newSet != nil {
            conditions.set("Progressing", true, "FoundNewReplicaSet", "Found new replica set \"\(name)\"")
        }
        if reason == "DeploymentPaused" { conditions.set("Progressing", true, "DeploymentResumed", "Deployment is resumed") }
        if self["replicas"] == self["updatedReplicas"], reason == "NewReplicaSetAvailable", isComplete { return }
        if isComplete {
            conditions.set("Progressing", true, "NewReplicaSetAvailable", "\(subject) has successfully progressed.")
        } else if hasProgressed {
            // The deadline counts from the last step, so the condition is written anew with each.
            conditions.remove("Progressing")
            conditions.set("Progressing", true, "ReplicaSetUpdated", "\(subject) is progressing.")
        } else if isOutOfTime {
            conditions.set("Progressing", false, "ProgressDeadlineExceeded", "\(subject) has timed out progressing.")
        }
    }

    private var hasProgressed: Bool {
        let old = rollout.deployment.status
        func before(_ field: String) -> Int { old[field]?.intValue ?? 0 }
        return self["updatedReplicas"] > before("updatedReplicas")
            || self["replicas"] - self["updatedReplicas"] < before("replicas") - before("updatedReplicas")
            || self["readyReplicas"] > before("readyReplicas") || self["availableReplicas"] > before("availableReplicas")
    }

    private var deadlineTime: Instant? {
        guard let seconds = rollout.deployment.spec["progressDeadlineSeconds"]?.intValue,
            let condition = conditions["Progressing"], condition["reason"] != "NewReplicaSetAvailable",
            let time = condition["lastUpdateTime"]?.stringValue.flatMap(KubernetesTime.parse)
        else { return nil }
        return time + .seconds(seconds)
    }

    private var isOutOfTime: Bool {
        if conditions["Progressing"]?["reason"] == "ProgressDeadlineExceeded" { return true }
        return deadlineTime.map { $0 < now } ?? false
    }

    /// When to look whether the rollout got stuck; nil when it needs no watching.
    var deadline: Duration? {
        guard !isComplete, conditions["Progressing"]?["reason"] != "ProgressDeadlineExceeded", let time = deadlineTime else { return nil }
        return max(now.duration(to: time), .zero) + .seconds(1)
    }

    var writes: [Write] {
        var status = rollout.deployment.status.objectValue ?? [:]
        for field in ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"] {
            status[field] = self[field] == 0 ? JSONValue?.none : JSONValue(self[field])
        }
        status["terminatingReplicas"] = JSONValue(self["terminatingReplicas"])
        status["observedGeneration"] = rollout.deployment.metadata.generation.map { JSONValue($0) }
        status["conditions"] = conditions.json
        return statusWrite(rollout.deployment, status)
    }
}
