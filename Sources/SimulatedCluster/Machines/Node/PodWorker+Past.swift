import KubernetesModel

/// What a kubelet that begins anew finds of a pod that ran before: its containers ended with the machine.
extension PodWorker {
    func rememberPast() {
        for (field, records) in [("initContainerStatuses", initContainers), ("containerStatuses", containers)] {
            for status in pod.status[field]?.arrayValue ?? [] {
                guard let record = records.first(where: { $0.name == status["name"]?.stringValue }) else { continue }
                remember(status, for: record)
            }
        }
    }

    private func remember(_ status: JSONValue, for record: ContainerRecord) {
        record.restarts = status["restartCount"]?.intValue ?? 0
        if let last = status["lastState"]?["terminated"] { record.lastTermination = termination(last) }
        if let running = status["state"]?["running"] {
            let started = running["startedAt"]?.stringValue.flatMap(KubernetesTime.parse) ?? startTime
            record.lastTermination = ContainerRecord.Termination(
                code: 255, reason: "Unknown", message: nil, started: started, finished: startTime, containerID: id(in: status))
        } else if let ended = status["state"]?["terminated"] {
            record.state = .terminated(termination(ended))
            record.containerID = id(in: status)
            record.imageID = status["imageID"]?.stringValue
        }
    }

    private func termination(_ json: JSONValue) -> ContainerRecord.Termination {
        func time(_ field: String) -> Instant { json[field]?.stringValue.flatMap(KubernetesTime.parse) ?? startTime }
        return ContainerRecord.Termination(
            code: json["exitCode"]?.intValue ?? 0, reason: json["reason"]?.stringValue ?? "", message: json["message"]?.stringValue,
            started: time("startedAt"), finished: time("finishedAt"), containerID: id(in: json))
    }

    private func id(in json: JSONValue) -> String {
        String((json["containerID"]?.stringValue ?? "").split(separator: "/").last ?? "")
    }
}
