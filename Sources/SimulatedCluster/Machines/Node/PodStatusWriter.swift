import KubernetesModel

/// Writes a pod's status from what its worker knows, keeping what others wrote and the times of what didn't change.
struct PodStatusWriter {
    let worker: PodWorker
    let now: Instant

    private var generation: JSONValue? { worker.pod.metadata.generation.map { JSONValue($0) } }

    func status(from old: JSONValue) -> JSONValue {
        var status = old.objectValue ?? [:]
        let phase = self.phase(from: old["phase"]?.stringValue)
        status["phase"] = .string(phase)
        status["observedGeneration"] = generation
        status["startTime"] = .string(KubernetesTime.seconds(worker.startTime))
        status["hostIP"] = .string(worker.kubelet.address.description)
        status["hostIPs"] = [["ip": .string(worker.kubelet.address.description)]]
        if let address = worker.network?.address {
            status["podIP"] = .string(address.description)
            status["podIPs"] = [["ip": .string(address.description)]]
        }
        if let failure = worker.failure {
            status["reason"] = .string(failure.reason)
            status["message"] = .string(failure.message)
        }
        status["containerStatuses"] = list(worker.containers)
        status["initContainerStatuses"] = list(worker.initContainers)
        status["ephemeralContainerStatuses"] = list(worker.ephemeral)
        status["conditions"] = .array(conditions(phase: phase, old: old["conditions"]?.arrayValue ?? []))
        if status["qosClass"] == nil { status["qosClass"] = .string(QualityOfService.of(pod: worker.pod.json).rawValue) }
        return .object(status)
    }

    // MARK: Phase

    private func phase(from old: String?) -> String {
        if let old, Pod.isFinal(phase: old) { return old }
        if worker.failure != nil { return "Failed" }
        if worker.initContainers.contains(where: { $0.role == .initial && $0.termination.map { $0.code != 0 } ?? false }),
            worker.restartPolicy == "Never"
        {
            return "Failed"
        }
        if !isInitialized { return "Pending" }
        let records = worker.containers
        let waiting = records.filter { record in
            if case .waiting = record.state { record.lastTermination == nil } else { false }
        }
        if !waiting.isEmpty { return "Pending" }
        if records.contains(where: { $0.process != nil }) { return "Running" }
        if worker.restartPolicy == "Always", worker.phase != .terminating { return "Running" }
        let ends = records.map { $0.termination ?? $0.lastTermination }
        if ends.allSatisfy({ $0?.code == 0 }) { return "Succeeded" }
        return worker.restartPolicy == "OnFailure" && worker.phase == .running ? "Running" : "Failed"
    }

    private var isInitialized: Bool {
        worker.initContainers.allSatisfy { $0.role == .sidecar ? ($0.isStarted || worker.phase != .running) : $0.hasSucceeded }
    }

    // MARK: Conditions

    private func conditions(phase: String, old: [JSONValue]) -> [JSONValue] {
        var conditions = [
            condition("PodReadyToStartContainers", hasSandbox, old: old), initialized(phase, old: old), ready(phase, old: old),
            containersReady(phase, old: old),
        ]
        // The scheduler's own stays where it is, and so do gates and what others report.
        var known = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]
        conditions.append(condition("PodScheduled", true, old: old))
        if let failure = worker.failure, failure.reason == "Evicted" {
            known.append("DisruptionTarget")
            conditions.append(condition("DisruptionTarget", true, reason: "TerminationByKubelet", message: failure.message, old: old))
        }
        return conditions + old.filter { !known.contains($0["type"]?.stringValue ?? "") }
    }

    private var hasSandbox: Bool {
        worker.network != nil && (worker.phase == .running || worker.all.contains { $0.process != nil })
    }

    private func initialized(_ phase: String, old: [JSONValue]) -> JSONValue {
        if phase == "Succeeded" { return condition("Initialized", true, reason: "PodCompleted", old: old) }
        let incomplete = worker.initContainers.filter { $0.role == .sidecar ? !$0.isStarted : !$0.hasSucceeded }.map(\.name)
        if incomplete.isEmpty || (phase == "Failed" && isInitialized) { return condition("Initialized", true, old: old) }
        return condition(
            "Initialized", false, reason: "ContainersNotInitialized",
            message: "containers with incomplete status: [\(incomplete.joined(separator: " "))]", old: old)
    }

    private func containersReady(_ phase: String, old: [JSONValue]) -> JSONValue {
        if let reason = over(phase) { return condition("ContainersReady", false, reason: reason, old: old) }
        guard let message = unreadyMessage else { return condition("ContainersReady", true, old: old) }
        return condition("ContainersReady", false, reason: "ContainersNotReady", message: message, old: old)
    }

    private func ready(_ phase: String, old: [JSONValue]) -> JSONValue {
        if let reason = over(phase) { return condition("Ready", false, reason: reason, old: old) }
        if let message = unreadyMessage {
            return condition("Ready", false, reason: "ContainersNotReady", message: message, old: old)
        }
        let gates = (worker.pod.spec["readinessGates"]?.arrayValue ?? []).compactMap { $0["conditionType"]?.stringValue }
        let problems = gates.compactMap { gate -> String? in
            guard let found = old.first(where: { $0["type"]?.stringValue == gate }) else {
                return "corresponding condition of pod readiness gate \"\(gate)\" does not exist."
            }
            let status = found["status"]?.stringValue ?? ""
            return status == "True" ? nil : "the status of pod readiness gate \"\(gate)\" is not \"True\", but \(status)"
        }
        guard problems.isEmpty else {
            return condition("Ready", false, reason: "ReadinessGatesNotReady", message: problems.joined(separator: ", "), old: old)
        }
        return condition("Ready", true, old: old)
    }

    private func over(_ phase: String) -> String? {
        switch phase {
        case "Succeeded": "PodCompleted"
        case "Failed": "PodFailed"
        default: nil
        }
    }

    private var unreadyMessage: String? {
        let sidecars = worker.initContainers.filter { $0.role == .sidecar }
        let unready = (sidecars + worker.containers).filter { !$0.isReady || $0.process == nil }.map(\.name)
        return unready.isEmpty ? nil : "containers with unready status: [\(unready.joined(separator: " "))]"
    }

    private func condition(_ type: String, _ isTrue: Bool, reason: String? = nil, message: String? = nil, old: [JSONValue]) -> JSONValue {
        let before = old.first { $0["type"]?.stringValue == type }
        let status = isTrue ? "True" : "False"
        let isSame = before?["status"]?.stringValue == status
        var json: JSONObject = ["type": .string(type)]
        json["observedGeneration"] = generation
        json["status"] = .string(status)
        json["lastProbeTime"] = JSONValue.null
        json["lastTransitionTime"] = isSame ? before?["lastTransitionTime"] : .string(KubernetesTime.seconds(now))
        json["reason"] = reason.map(JSONValue.string)
        json["message"] = message.map(JSONValue.string)
        return .object(json)
    }

    // MARK: Containers

    private func list(_ records: [ContainerRecord]) -> JSONValue? {
        records.isEmpty ? JSONValue?.none : .array(records.map(status))
    }

    private func status(_ record: ContainerRecord) -> JSONValue {
        var json: JSONObject = ["name": .string(record.name), "state": state(record)]
        json["lastState"] = record.lastTermination.map { ["terminated": terminated($0)] } ?? [:]
        json["ready"] = JSONValue(isReady(record))
        json["restartCount"] = JSONValue(record.restarts)
        json["image"] = .string((try? ImageReference(record.image))?.description ?? record.image)
        json["imageID"] = .string(record.imageID ?? "")
        if let id = record.containerID { json["containerID"] = .string("containerd://\(id)") }
        if record.role != .ephemeral { json["started"] = JSONValue(record.isStarted) }
        if let resources = record.resources, resources.objectValue?.isEmpty == false {
            json["allocatedResources"] = resources["requests"]
            json["resources"] = resources
        }
        if let mounts = record.spec["volumeMounts"]?.arrayValue {
            json["volumeMounts"] = .array(mounts.map(mountStatus))
        }
        return .object(json)
    }

    /// A finished init container counts as ready when it succeeded.
    private func isReady(_ record: ContainerRecord) -> Bool {
        record.role == .initial ? record.hasSucceeded : record.isReady && record.process != nil
    }

    private func mountStatus(_ mount: JSONValue) -> JSONValue {
        var json: JSONObject = ["name": mount["name"] ?? "", "mountPath": mount["mountPath"] ?? ""]
        if mount["readOnly"]?.boolValue == true {
            json["readOnly"] = true
            json["recursiveReadOnly"] = "Disabled"
        }
        return .object(json)
    }

    private func state(_ record: ContainerRecord) -> JSONValue {
        switch record.state {
        case .waiting(let reason, let message):
            var waiting: JSONObject = ["reason": .string(reason)]
            waiting["message"] = message.map(JSONValue.string)
            return ["waiting": .object(waiting)]
        case .running(_, let since): return ["running": ["startedAt": .string(KubernetesTime.seconds(since))]]
        case .terminated(let termination): return ["terminated": terminated(termination)]
        }
    }

    private func terminated(_ termination: ContainerRecord.Termination) -> JSONValue {
        var json: JSONObject = ["exitCode": JSONValue(termination.code), "reason": .string(termination.reason)]
        json["message"] = termination.message.map(JSONValue.string)
        json["startedAt"] = .string(KubernetesTime.seconds(termination.started))
        json["finishedAt"] = .string(KubernetesTime.seconds(termination.finished))
        json["containerID"] = .string("containerd://\(termination.containerID)")
        return .object(json)
    }
}
