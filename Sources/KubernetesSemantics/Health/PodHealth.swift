import KubernetesModel

/// Whether a pod is healthy.
enum PodHealth {
    static func verdict(_ object: KubernetesObject) -> HealthVerdict {
        let pod = FieldReader(object)
        let columns = PodColumns(object)
        switch columns.status {
        case "Terminating": return HealthVerdict(.progressing, "being deleted")
        case "Completed", "Succeeded": return HealthVerdict(.finished)
        case "Unknown": return HealthVerdict(.unknown, "its node does not answer")
        case "SchedulingGated": return HealthVerdict(.progressing, "waits for its scheduling gates")
        default: break
        }
        switch pod.status.phase.text {
        case "Succeeded": return HealthVerdict(.finished)
        case "Failed": return HealthVerdict(.failing, pod.status.message.text(or: columns.status))
        case "Pending": return pending(pod, columns)
        case "Running": return running(pod, columns)
        default: return HealthVerdict(.unknown)
        }
    }

    private static func pending(_ pod: FieldReader, _ columns: PodColumns) -> HealthVerdict {
        if let scheduled = pod.status.conditions.condition("PodScheduled"), scheduled.status.text == "False" {
            return HealthVerdict(.failing, scheduled.message.text(or: scheduled.reason.text))
        }
        return waiting(pod, columns) ?? HealthVerdict(.progressing, columns.status)
    }

    private static func running(_ pod: FieldReader, _ columns: PodColumns) -> HealthVerdict {
        if let verdict = waiting(pod, columns) { return verdict }
        if columns.status.hasPrefix("Init:") { return HealthVerdict(.progressing, columns.status) }
        let ready = pod.status.conditions.condition("Ready")
        if columns.readyContainers == columns.totalContainers && ready?.status.text != "False" { return .ok }
        if columns.status == "Running"
            && pod.status.containerStatuses.elements.contains(where: { $0.state.running.exists && !$0.started.flag })
        {
            return HealthVerdict(.progressing, "starting")
        }
        return HealthVerdict(.warning, ready?.message.text(or: "not ready") ?? "not ready")
    }

    /// The first container that can't start or keeps ending.
    private static func waiting(_ pod: FieldReader, _ columns: PodColumns) -> HealthVerdict? {
        for container in pod.status.initContainerStatuses.elements + pod.status.containerStatuses.elements {
            let state = container.state
            if state.terminated.exists && state.terminated.exitCode.number != 0 {
                let reason = state.terminated.reason.text(or: "Error")
                return HealthVerdict(.failing, "\(container.name.text): \(reason), exit code \(state.terminated.exitCode.number)")
            }
            let reason = state.waiting.reason.text
            if reason.isEmpty || reason == "ContainerCreating" || reason == "PodInitializing" { continue }
            let message = state.waiting.message.text
            return HealthVerdict(.failing, "\(container.name.text): \(message.isEmpty ? reason : message)")
        }
        return nil
    }
}
