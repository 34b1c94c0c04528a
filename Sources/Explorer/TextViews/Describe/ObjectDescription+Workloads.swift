import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func deployment() {
        let (spec, status) = (fields.spec, fields.status)
        name()
        created()
        labelsAndAnnotations()
        outline.field("Selector", selector(spec.selector))
        let counts = [
            ("desired", spec.replicas), ("updated", status.updatedReplicas), ("total", status.replicas),
            ("available", status.availableReplicas),
            ("unavailable", status.unavailableReplicas),
        ]
        outline.field("Replicas", counts.map { "\($1.number) \($0)" }.joined(separator: " | "))
        outline.field("StrategyType", spec.strategy.type.text)
        outline.field("MinReadySeconds", "\(spec.minReadySeconds.number)")
        let rolling = spec.strategy.rollingUpdate
        if rolling.exists {
            let texts = "\(rolling.maxUnavailable.textOrNumber) max unavailable, \(rolling.maxSurge.textOrNumber) max surge"
            outline.field("RollingUpdateStrategy", texts)
        }
        podTemplate(spec.template)
        conditions()
        replicaSets()
    }

    /// The one with the newest revision, and those that still have pods, or had them.
    private mutating func replicaSets() {
        guard let scope = Self.replicaSetScope(of: object) else { return }
        let revision = object.metadata.annotations["deployment.kubernetes.io/revision"]
        let own = beside(scope).objects.filter { $0.metadata.controller?.uid == object.uid }
        guard !own.isEmpty else { return }
        func texts(_ sets: [KubernetesObject]) -> [LinkedText] {
            sets.isEmpty
                ? ["<none>"]
                : sets.map { set in
                    let counts = "\(set.status["replicas"]?.intValue ?? 0)/\(set.spec["replicas"]?.intValue ?? 0)"
                    return LinkedText("\(set.name) (\(counts) replicas created)", link: link("ReplicaSet", set.name))
                }
        }
        func isNew(_ set: KubernetesObject) -> Bool { set.metadata.annotations["deployment.kubernetes.io/revision"] == revision }
        outline.values("OldReplicaSets", texts(own.filter { !isNew($0) }))
        outline.values("NewReplicaSet", texts(own.filter(isNew)))
    }

    mutating func replicaSet() {
        name()
        outline.field("Selector", selector(fields.spec.selector))
        labelsAndAnnotations()
        controller()
        outline.field("Replicas", "\(fields.status.replicas.number) current / \(fields.spec.replicas.number) desired")
        podsStatus()
        podTemplate(fields.spec.template)
        conditions()
    }

    mutating func replicationController() {
        name()
        outline.field("Selector", CellText.labels(fields.spec.selector))
        labelsAndAnnotations()
        outline.field("Replicas", "\(fields.status.replicas.number) current / \(fields.spec.replicas.number) desired")
        podsStatus()
        podTemplate(fields.spec.template)
        conditions()
    }

    mutating func statefulSet() {
        let spec = fields.spec
        name()
        created()
        outline.field("Selector", selector(spec.selector))
        labelsAndAnnotations()
        outline.field("Replicas", "\(spec.replicas.number) desired | \(fields.status.replicas.number) total")
        outline.field("Update Strategy", spec.updateStrategy.type.text)
        let rolling = spec.updateStrategy.rollingUpdate
        if rolling.partition.exists { outline.field("Partition", "\(rolling.partition.number)", depth: 1) }
        optional("MaxUnavailable", rolling.maxUnavailable.textOrNumber, depth: 1)
        podsStatus()
        podTemplate(spec.template)
        claimTemplates()
        conditions()
    }

    private mutating func claimTemplates() {
        let claims = fields.spec.volumeClaimTemplates.elements
        guard !claims.isEmpty else { return outline.field("Volume Claims", "<none>") }
        outline.heading("Volume Claims")
        for claim in claims {
            outline.field("Name", claim.metadata.name.text, depth: 1)
            let storageClass = claim.spec.storageClassName.text
            outline.field("StorageClass", storageClass, depth: 1, link: link("StorageClass", storageClass))
            outline.pairs("Labels", claim.metadata.labels.json, separator: "=", depth: 1)
            outline.pairs("Annotations", annotations(claim.metadata), separator: ": ", depth: 1)
            let capacity = claim.spec.resources.requests.storage.textOrNumber
            outline.field("Capacity", capacity.isEmpty ? "<default>" : capacity, depth: 1)
            outline.field("Access Modes", "[\(claim.spec.accessModes.texts.joined(separator: " "))]", depth: 1)
        }
    }

    mutating func daemonSet() {
        let status = fields.status
        name()
        outline.field("Selector", selector(fields.spec.selector))
        outline.field("Node-Selector", CellText.labels(fields.spec.template.spec.nodeSelector))
        labelsAndAnnotations()
        outline.field("Desired Number of Nodes Scheduled", "\(status.desiredNumberScheduled.number)")
        outline.field("Current Number of Nodes Scheduled", "\(status.currentNumberScheduled.number)")
        outline.field("Number of Nodes Scheduled with Up-to-date Pods", "\(status.updatedNumberScheduled.number)")
        outline.field("Number of Nodes Scheduled with Available Pods", "\(status.numberAvailable.number)")
        outline.field("Number of Nodes Misscheduled", "\(status.numberMisscheduled.number)")
        podsStatus()
        podTemplate(fields.spec.template)
        conditions()
    }

    /// How many of the workload's own pods are in which phase.
    private mutating func podsStatus() {
        guard let scope = Self.podScope(of: object) else { return }
        let mirror = beside(scope)
        if let problem = mirror.problem, mirror.objects.isEmpty { return outline.field("Pods Status", "unknown: \(problem)") }
        let phases = mirror.objects.filter { $0.metadata.controller?.uid == object.uid }.map { $0.status["phase"]?.stringValue ?? "" }
        let counts = [("Running", "Running"), ("Waiting", "Pending"), ("Succeeded", "Succeeded"), ("Failed", "Failed")].map {
            title, phase in
            "\(phases.count { $0 == phase }) \(title)"
        }
        outline.field("Pods Status", mirror.isComplete ? counts.joined(separator: " / ") : "…")
    }

    // MARK: Batch

    mutating func job() {
        let (spec, status) = (fields.spec, fields.status)
        name()
        outline.field("Selector", selector(spec.selector))
        labelsAndAnnotations()
        controller()
        optional("Parallelism", spec.parallelism.textOrNumber)
        outline.field("Completions", unset(spec.completions))
        optional("Completion Mode", spec.completionMode.text)
        if spec.suspend.exists { outline.field("Suspend", "\(spec.suspend.flag)") }
        optional("Backoff Limit", spec.backoffLimit.textOrNumber)
        optional("TTL Seconds After Finished", spec.ttlSecondsAfterFinished.textOrNumber)
        jobTimes()
        if spec.activeDeadlineSeconds.exists { outline.field("Active Deadline Seconds", "\(spec.activeDeadlineSeconds.number)s") }
        let ready = status.ready.exists ? " (\(status.ready.number) Ready)" : ""
        let counts = "\(status.active.number) Active\(ready) / \(status.succeeded.number) Succeeded / \(status.failed.number) Failed"
        outline.field("Pods Statuses", counts)
        if spec.completionMode.text == "Indexed" { outline.field("Completed Indexes", status.completedIndexes.text(or: "<none>")) }
        podTemplate(spec.template)
        conditions()
    }

    private mutating func jobTimes() {
        let status = fields.status
        if status.startTime.exists { outline.field("Start Time", time(status.startTime.text)) }
        if status.completionTime.exists { outline.field("Completed At", time(status.completionTime.text)) }
        if let start = KubernetesTime.parse(status.startTime.text), let end = KubernetesTime.parse(status.completionTime.text) {
            outline.field("Duration", HumanDuration.text(end - start))
        }
    }

    mutating func cronJob() {
        let spec = fields.spec
        name()
        labelsAndAnnotations()
        outline.field("Schedule", spec.schedule.text)
        optional("Time Zone", spec.timeZone.text)
        outline.field("Concurrency Policy", spec.concurrencyPolicy.text)
        outline.field("Suspend", spec.suspend.exists ? (spec.suspend.flag ? "True" : "False") : "<unset>")
        outline.field("Successful Job History Limit", unset(spec.successfulJobsHistoryLimit))
        outline.field("Failed Job History Limit", unset(spec.failedJobsHistoryLimit))
        let deadline = spec.startingDeadlineSeconds
        outline.field("Starting Deadline Seconds", deadline.exists ? "\(deadline.number)s" : "<unset>")
        let job = spec.jobTemplate.spec
        outline.field("Selector", job.selector.exists ? selector(job.selector) : "<unset>")
        outline.field("Parallelism", unset(job.parallelism))
        outline.field("Completions", unset(job.completions))
        if job.activeDeadlineSeconds.exists { outline.field("Active Deadline Seconds", "\(job.activeDeadlineSeconds.number)s") }
        podTemplate(job.template)
        outline.field("Last Schedule Time", fields.status.lastScheduleTime.exists ? time(fields.status.lastScheduleTime.text) : "<unset>")
        let jobs = fields.status.active.elements.map { LinkedText($0.name.text, link: link("Job", $0.name.text)) }
        outline.values("Active Jobs", jobs.isEmpty ? ["<none>"] : jobs)
    }

    func unset(_ field: FieldReader) -> String {
        field.exists ? field.textOrNumber : "<unset>"
    }
}
