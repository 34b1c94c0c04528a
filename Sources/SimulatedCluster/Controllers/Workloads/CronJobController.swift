import KubernetesModel

/// Starts a Job whenever a CronJob's schedule comes around, and keeps the last few of them.
struct CronJobController: Controller {
    let name = "cronjob-controller"
    let watches = [Resource.cronJobs, Resource.jobs]
    static let scheduledTime = "batch.kubernetes.io/cronjob-scheduled-timestamp"

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        change.resource == Resource.cronJobs ? own(change) : controllers(of: change, kind: "CronJob", Resource.cronJobs, in: view)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let cron = view.get(Resource.cronJobs, key.key) else { return .done }
        let jobs = view.owned(by: cron.uid, resource: Resource.jobs)
        var status = cron.status.objectValue ?? [:]
        var writes = noteEnds(of: jobs, cron, &status) + trim(jobs, of: cron)
        guard cron.metadata.deletionTimestamp == nil, cron.spec["suspend"]?.boolValue != true else {
            return Reconciliation(writes: statusWrite(cron, status) + writes)
        }
        guard let schedule = CronSchedule(cron.spec["schedule"]?.stringValue ?? "", zone: cron.spec["timeZone"]?.stringValue) else {
            return Reconciliation(writes: statusWrite(cron, status) + writes)
        }
        if let due = schedule.last(after: lastTime(of: cron), until: now) {
            writes += start(due, cron, active: jobs.filter { !$0.isFinishedJob }, &status, at: now)
        }
        let wait = schedule.next(after: now).map { now.duration(to: $0) }
        return Reconciliation(writes: statusWrite(cron, status) + writes, wakeAfter: wait)
    }

    private func lastTime(of cron: KubernetesObject) -> Instant {
        let last = cron.status["lastScheduleTime"]?.stringValue ?? cron.metadata.creationTimestamp
        return last.flatMap(KubernetesTime.parse) ?? Instant(seconds: 0)
    }

    // MARK: Jobs that are there

    private func noteEnds(of jobs: [KubernetesObject], _ cron: KubernetesObject, _ status: inout JSONObject) -> [Write] {
        var writes: [Write] = []
        let known = Set((status["active"]?.arrayValue ?? []).compactMap { $0["uid"]?.stringValue })
        for job in jobs where job.isFinishedJob && known.contains(job.uid) {
            let outcome = job.condition("Complete")?["status"] == "True" ? "Complete" : "Failed"
            writes.append(event(on: cron, "SawCompletedJob", "Saw completed job: \(job.name), condition: \(outcome)"))
        }
        let successes = jobs.compactMap { $0.status["completionTime"]?.stringValue }
        if let last = successes.max() { status["lastSuccessfulTime"] = .string(last) }
        // Jobs that a person made from the template are the CronJob's, but were not started by it.
        let active = jobs.filter { !$0.isFinishedJob && $0.metadata.annotations[Self.scheduledTime] != nil }
        status["active"] = active.isEmpty ? JSONValue?.none : .array(active.map(reference))
        return writes
    }

    private func reference(_ job: KubernetesObject) -> JSONValue {
        [
            "kind": "Job", "namespace": .string(job.namespace ?? ""), "name": .string(job.name), "uid": .string(job.uid),
            "apiVersion": "batch/v1", "resourceVersion": .string(job.metadata.resourceVersion),
        ]
    }

    /// Deletes the oldest of those that have ended, beyond the numbers to keep.
    private func trim(_ jobs: [KubernetesObject], of cron: KubernetesObject) -> [Write] {
        func surplus(_ condition: String, _ field: String, _ standard: Int) -> [KubernetesObject] {
            let ended = jobs.filter { $0.condition(condition)?["status"] == "True" }
                .sorted { ($0.metadata.creationTimestamp ?? "", $0.name) < ($1.metadata.creationTimestamp ?? "", $1.name) }
            return Array(ended.dropLast(cron.spec[field]?.intValue ?? standard))
        }
        let doomed = surplus("Complete", "successfulJobsHistoryLimit", 3) + surplus("Failed", "failedJobsHistoryLimit", 1)
        return doomed.flatMap { delete($0, of: cron) }
    }

    private func delete(_ job: KubernetesObject, of cron: KubernetesObject) -> [Write] {
        [
            .delete(Resource.jobs, job.key, DeleteOptions(propagation: .background)),
            event(on: cron, "SuccessfulDelete", "Deleted job \(job.name)"),
        ]
    }

    // MARK: A job that is due

    private func start(
        _ time: Instant, _ cron: KubernetesObject, active: [KubernetesObject], _ status: inout JSONObject, at now: Instant
    ) -> [Write] {
        if let seconds = cron.spec["startingDeadlineSeconds"]?.intValue, time + .seconds(seconds) < now {
            return [event(on: cron, .warning, "MissSchedule", "Missed scheduled time to start a job: \(KubernetesTime.rfc1123(time))")]
        }
        var writes: [Write] = []
        switch cron.spec["concurrencyPolicy"]?.stringValue {
        case "Forbid" where !active.isEmpty:
            let message = "Not starting job because prior execution is running and concurrency policy is Forbid"
            return [event(on: cron, "JobAlreadyActive", message)]
        case "Replace": writes = active.flatMap { delete($0, of: cron) }
        default: break
        }
        let job = makeJob(for: cron, at: time)
        status["lastScheduleTime"] = .string(KubernetesTime.seconds(time))
        return writes + [.create(job), event(on: cron, "SuccessfulCreate", "Created job \(job.name)")]
    }

    private func makeJob(for cron: KubernetesObject, at time: Instant) -> KubernetesObject {
        let template = cron.spec["jobTemplate"] ?? [:]
        var metadata: JSONObject = ["name": .string("\(cron.name)-\(time.seconds / 60)")]
        metadata["namespace"] = cron.namespace.map(JSONValue.string)
        metadata["labels"] = template["metadata"]?["labels"]
        var annotations = template["metadata"]?["annotations"]?.stringMap ?? [:]
        annotations[Self.scheduledTime] = KubernetesTime.seconds(time)
        metadata["annotations"] = JSONValue(annotations)
        metadata["ownerReferences"] = [cron.controllerReference]
        return KubernetesObject(["apiVersion": "batch/v1", "kind": "Job", "metadata": .object(metadata), "spec": template["spec"] ?? [:]])
    }
}

extension KubernetesObject {
    var isFinishedJob: Bool { ["Complete", "Failed"].contains { condition($0)?["status"] == "True" } }
}
