import KubernetesModel

/// What the API server prints about jobs.
enum BatchColumns {
    static func job(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let job = FieldReader(object)
        let containers = CellText.containers(job.spec.template)
        return [
            .string(object.name), .string(status(of: job)), .string(completions(of: job)), .string(duration(of: job, now: now)),
            CellText.age(of: object, now: now),
            containers.names, containers.images, .string(CellText.selector(job.spec.selector)),
        ]
    }

    static func status(of job: FieldReader) -> String {
        func isTrue(_ type: String) -> Bool { job.status.conditions.condition(type)?.status.text == "True" }
        if isTrue("Complete") { return "Complete" }
        if isTrue("Failed") { return "Failed" }
        if job.metadata.deletionTimestamp.exists { return "Terminating" }
        if isTrue("Suspended") { return "Suspended" }
        if isTrue("FailureTarget") { return "FailureTarget" }
        return "Running"
    }

    private static func completions(of job: FieldReader) -> String {
        let succeeded = job.status.succeeded.number
        if job.spec.completions.exists { return "\(succeeded)/\(job.spec.completions.number)" }
        let parallelism = job.spec.parallelism.number
        return parallelism > 1 ? "\(succeeded)/1 of \(parallelism)" : "\(succeeded)/1"
    }

    private static func duration(of job: FieldReader, now: Instant) -> String {
        guard let start = KubernetesTime.parse(job.status.startTime.text) else { return "" }
        let end = KubernetesTime.parse(job.status.completionTime.text) ?? now
        return HumanDuration.text(since: start, now: end)
    }

    static func cronJob(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let cronJob = FieldReader(object)
        let template = cronJob.spec.jobTemplate
        let containers = CellText.containers(template.spec.template)
        let last = cronJob.status.lastScheduleTime
        let suspend = cronJob.spec.suspend
        return [
            .string(object.name), .string(cronJob.spec.schedule.text), .string(cronJob.spec.timeZone.text(or: "<none>")),
            .string(suspend.exists ? (suspend.flag ? "True" : "False") : "<unset>"), JSONValue(cronJob.status.active.elements.count),
            .string(last.exists ? CellText.age(since: last.text, now: now) : "<none>"), CellText.age(of: object, now: now),
            containers.names, containers.images, .string(CellText.selector(template.spec.selector)),
        ]
    }
}
