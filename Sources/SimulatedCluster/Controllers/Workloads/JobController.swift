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
        guard let job = view.get(Resource.jobs, key.key) else { return Reconciliation(writes: releaseOrphans(of: key.key, in: view)) }
        var state = JobState(job, pods: OwnedPods(of: job, in: view), at: now)
        if job.metadata.deletionTimestamp != nil { return Reconciliation(writes: JobPods.release(state.counted)) }
        if state.isFinished { return retire(job, state, at: now) }
        if let failure = state.failure { return fail(failure, &state) }
        if state.hasEnough { return complete(&state) }
        if state.isSuspended { return suspend(&state) }
        var events = state.resume() ? [event(on: job, "Resumed", "Job resumed")] : []
        if let wait = state.backOff { return Reconciliation(writes: state.writes + events, wakeAfter: wait) }
        for index in state.missing {
            let pod = state.pods.make(index: index, random: random)
            events += [.create(pod), event(on: job, "SuccessfulCreate", "Created pod: \(pod.name)")]
        }
        return Reconciliation(writes: state.writes + events, wakeAfter: state.deadline)
    }

    func refused(_ error: StatusError, _ write: Write, for key: WorkKey, in view: ClusterView, at now: Instant) -> [Write] {
        guard case .create(let pod) = write, let job = view.get(Resource.jobs, key.key) else { return [] }
        let problem = error.message.replacing(pod.name, with: pod.metadata.generateName ?? pod.name)
        return [event(on: job, .warning, "FailedCreate", "Error creating: \(problem)")]
    }

    private func fail(_ failure: JobState.Failure, _ state: inout JobState) -> Reconciliation {
        state.fail(failure)
        var writes = state.writes + end(state.pods.active, of: state.job)
        if state.isFinished { writes.append(event(on: state.job, .warning, failure.reason, failure.message)) }
        return Reconciliation(writes: writes)
    }

    private func complete(_ state: inout JobState) -> Reconciliation {
        state.complete()
        var writes = state.writes + end(state.pods.active, of: state.job)
        if state.isFinished { writes.append(event(on: state.job, "Completed", "Job completed")) }
        return Reconciliation(writes: writes)
    }

    private func suspend(_ state: inout JobState) -> Reconciliation {
        var writes: [Write] = state.suspend() ? [event(on: state.job, "Suspended", "Job suspended")] : []
        writes = state.writes + end(state.pods.active, of: state.job) + writes
        return Reconciliation(writes: writes)
    }

    private func end(_ pods: [KubernetesObject], of job: KubernetesObject) -> [Write] {
        pods.flatMap { pod -> [Write] in
            [
                .delete(Resource.pods, pod.key, DeleteOptions(requiredUID: pod.uid)),
                event(on: job, "SuccessfulDelete", "Deleted pod: \(pod.name)"),
            ]
        }
    }

    /// Nobody will count the pods of a Job that is gone.
    private func releaseOrphans(of key: ObjectKey, in view: ClusterView) -> [Write] {
        let pods = view.list(Resource.pods, namespace: key.namespace) { $0.labels["batch.kubernetes.io/job-name"] == key.name }
        return JobPods.release(pods.filter { $0.metadata.finalizers.contains(JobPods.finalizer) })
    }

    /// A finished job that sets a time to live goes when that is over.
    private func retire(_ job: KubernetesObject, _ state: JobState, at now: Instant) -> Reconciliation {
        let release = JobPods.release(state.counted)
        guard let seconds = job.spec["ttlSecondsAfterFinished"]?.intValue, let finished = state.finishTime else {
            return Reconciliation(writes: release)
        }
        let rest = now.duration(to: finished + .seconds(seconds))
        guard rest <= .zero else { return Reconciliation(writes: release, wakeAfter: rest) }
        return Reconciliation(writes: release + [.delete(Resource.jobs, job.key, DeleteOptions(propagation: .foreground))])
    }
}
