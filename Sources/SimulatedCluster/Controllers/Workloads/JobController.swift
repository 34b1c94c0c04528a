import KubernetesModel

/// Runs pods until enough of them have succeeded, or too many have failed.
struct JobController: Controller {
    let name = "job-controller"
    let watches = [Resource.jobs, Resource.pods]
    private let random: Randomness

    init(random: Randomness) {
        self.random = random
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        change.resource == Resource.jobs ? own(change) : controllers(of: change, kind: "Job", Resource.jobs, in: view)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let job = view.get(Resource.jobs, key.key), job.metadata.deletionTimestamp == nil else { return .done }
        var state = JobState(job, pods: OwnedPods(of: job, in: view), at: now)
        if state.isFinished { return retire(job, state, at: now) }
        if job.spec["suspend"]?.boolValue == true { return suspend(job, &state) }
        var writes = resume(job, &state)
        if let failure = state.failure {
            writes += deletions(of: state.active) + [event(on: job, .warning, failure.reason, failure.message)]
            state.fail(failure)
            return Reconciliation(writes: writes + state.writes)
        }
        if state.isComplete {
            writes.append(event(on: job, "Completed", "Job completed"))
            state.complete()
            return Reconciliation(writes: writes + state.writes)
        }
        if let wait = state.backOff { return Reconciliation(writes: writes + state.writes, wakeAfter: wait) }
        for _ in 0..<state.missing {
            let prefix = "\(job.name)-"
            let pod = job.pod(named: prefix + random.suffix(), generateName: prefix)
            writes += [.create(pod), event(on: job, "SuccessfulCreate", "Created pod: \(pod.name)")]
        }
        return Reconciliation(writes: state.writes + writes, wakeAfter: state.deadline)
    }

    func refused(_ error: StatusError, _ write: Write, for key: WorkKey, in view: ClusterView, at now: Instant) -> [Write] {
        guard case .create(let pod) = write, let job = view.get(Resource.jobs, key.key) else { return [] }
        let problem = error.message.replacing(pod.name, with: pod.metadata.generateName ?? pod.name)
        return [event(on: job, .warning, "FailedCreate", "Error creating: \(problem)")]
    }

    private func suspend(_ job: KubernetesObject, _ state: inout JobState) -> Reconciliation {
        var writes = deletions(of: state.active)
        if state.suspend() { writes.append(event(on: job, "Suspended", "Job suspended")) }
        return Reconciliation(writes: writes + state.writes)
    }

    private func resume(_ job: KubernetesObject, _ state: inout JobState) -> [Write] {
        state.resume() ? [event(on: job, "Resumed", "Job resumed")] : []
    }

    private func deletions(of pods: [KubernetesObject]) -> [Write] {
        pods.map { .delete(Resource.pods, $0.key, DeleteOptions(requiredUID: $0.uid)) }
    }

    /// A finished job that sets a time to live goes when that is over.
    private func retire(_ job: KubernetesObject, _ state: JobState, at now: Instant) -> Reconciliation {
        guard let seconds = job.spec["ttlSecondsAfterFinished"]?.intValue, let finished = state.finishTime else { return .done }
        let rest = now.duration(to: finished + .seconds(seconds))
        guard rest <= .zero else { return Reconciliation(wakeAfter: rest) }
        return Reconciliation(writes: [.delete(Resource.jobs, job.key, DeleteOptions(propagation: .foreground))])
    }
}
