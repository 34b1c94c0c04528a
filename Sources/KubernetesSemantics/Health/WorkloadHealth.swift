/// Whether the owners of pods are healthy.
enum WorkloadHealth {
    static func deployment(_ deployment: FieldReader) -> HealthVerdict {
        let conditions = deployment.status.conditions
        if let failure = failure(conditions) { return failure }
        if let progress = conditions.condition("Progressing"), progress.status.text == "False" {
            return HealthVerdict(.failing, progress.message.text(or: progress.reason.text))
        }
        let desired = WorkloadColumns.desired(deployment)
        let status = deployment.status
        if isBehind(deployment) || status.updatedReplicas.number < desired || status.replicas.number > status.updatedReplicas.number {
            if deployment.spec.paused.flag { return HealthVerdict(.warning, "paused") }
            return HealthVerdict(.progressing, "\(status.updatedReplicas.number) of \(desired) replicas updated")
        }
        return available(status.availableReplicas.number, of: desired)
    }

    static func replicaSet(_ set: FieldReader) -> HealthVerdict {
        if let failure = failure(set.status.conditions) { return failure }
        let desired = WorkloadColumns.desired(set)
        if isBehind(set) || set.status.replicas.number != desired {
            return HealthVerdict(.progressing, "\(set.status.replicas.number) of \(desired) replicas exist")
        }
        return available(set.status.readyReplicas.number, of: desired, "ready")
    }

    static func statefulSet(_ set: FieldReader) -> HealthVerdict {
        let desired = WorkloadColumns.desired(set)
        let status = set.status
        if isBehind(set) { return HealthVerdict(.progressing, "not looked at yet") }
        let isRollingOut = !status.updateRevision.text.isEmpty && status.updateRevision.text != status.currentRevision.text
        if isRollingOut && set.spec.updateStrategy["type"].text != "OnDelete" {
            return HealthVerdict(.progressing, "\(status.updatedReplicas.number) of \(desired) replicas updated")
        }
        return available(status.readyReplicas.number, of: desired, "ready")
    }

    static func daemonSet(_ set: FieldReader) -> HealthVerdict {
        let status = set.status
        let desired = status.desiredNumberScheduled.number
        if isBehind(set) { return HealthVerdict(.progressing, "not looked at yet") }
        if status.numberMisscheduled.number > 0 && desired == 0 {
            return HealthVerdict(.warning, "\(status.numberMisscheduled.number) on nodes where they do not belong")
        }
        if status.updatedNumberScheduled.number < desired && set.spec.updateStrategy["type"].text != "OnDelete" {
            return HealthVerdict(.progressing, "\(status.updatedNumberScheduled.number) of \(desired) updated")
        }
        return available(status.numberReady.number, of: desired, "ready")
    }

    static func job(_ job: FieldReader) -> HealthVerdict {
        switch BatchColumns.status(of: job) {
        case "Complete": return HealthVerdict(.finished)
        case "Suspended": return HealthVerdict(.ok, "suspended")
        case "Failed", "FailureTarget":
            let condition = job.status.conditions.condition("Failed") ?? job.status.conditions.condition("FailureTarget")
            return HealthVerdict(.failing, condition?.message.text(or: condition?.reason.text ?? ""))
        default:
            let failed = job.status.failed.number
            return failed > 0 ? HealthVerdict(.warning, "\(failed) failed, retrying") : HealthVerdict(.progressing, "running")
        }
    }

    static func cronJob(_ cronJob: FieldReader) -> HealthVerdict {
        cronJob.spec.suspend.flag ? HealthVerdict(.ok, "suspended") : .ok
    }

    private static func failure(_ conditions: FieldReader) -> HealthVerdict? {
        guard let failure = conditions.condition("ReplicaFailure"), failure.status.text == "True" else { return nil }
        return HealthVerdict(.failing, failure.message.text(or: failure.reason.text))
    }

    /// Whether the controller has not seen the latest change yet.
    private static func isBehind(_ object: FieldReader) -> Bool {
        object.status.observedGeneration.number < object.metadata.generation.number
    }

    private static func available(_ count: Int, of desired: Int, _ word: String = "available") -> HealthVerdict {
        if count >= desired { return .ok }
        return HealthVerdict(count == 0 ? .failing : .warning, "\(count) of \(desired) \(word)")
    }
}
