import KubernetesModel

/// Runs numbered pods one after the other, each with claims of its own.
struct StatefulSetController: Controller {
    let name = "statefulset-controller"
    let watches = [Resource.statefulSets, Resource.pods]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        change.resource == Resource.statefulSets
            ? own(change) : controllers(of: change, kind: "StatefulSet", Resource.statefulSets, in: view)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let set = view.get(Resource.statefulSets, key.key), set.metadata.deletionTimestamp == nil else { return .done }
        let state = StatefulSetState(set, pods: OwnedPods(of: set, in: view), in: view, at: now)
        let writes = state.revision.writes(pods: state.all, in: view) + state.claimOwnerWrites + steps(state, in: view)
        return Reconciliation(writes: statusWrite(set, state.status) + writes)
    }

    func refused(_ error: StatusError, _ write: Write, for key: WorkKey, in view: ClusterView, at now: Instant) -> [Write] {
        guard case .create(let object) = write, object.kind == "Pod", let set = view.get(Resource.statefulSets, key.key) else { return [] }
        let message = "create Pod \(object.name) in StatefulSet \(set.name) failed error: \(error.message)"
        return [event(on: set, .warning, "FailedCreate", message)]
    }

    /// What can be done now: in order, each pod ready before the next, unless pods are managed in parallel.
    private func steps(_ state: StatefulSetState, in view: ClusterView) -> [Write] {
        var writes: [Write] = []
        var burst = PodBurst.size(waiting: state.all.count(where: \.isWaitingForNode))
        for ordinal in state.ordinals {
            guard let pod = state.pod(ordinal) else {
                guard burst > 0 else { return writes }
                burst -= 1
                writes += create(ordinal, state, in: view)
                if state.isOrdered { return writes }
                continue
            }
            if pod.isFinishedPod, pod.metadata.deletionTimestamp == nil {
                writes += delete(pod, state.set)
                if state.isOrdered { return writes }
            }
            if state.isOrdered, !pod.isReadyPod || pod.metadata.deletionTimestamp != nil {
                return writes + replaceBroken(pod, ordinal, state)
            }
        }
        if let last = state.surplus.last, last.metadata.deletionTimestamp == nil {
            let doomed = state.isOrdered ? [last] : state.surplus.filter { $0.metadata.deletionTimestamp == nil }
            return writes + doomed.flatMap { delete($0, state.set) }
        }
        guard state.surplus.isEmpty else { return writes }
        return writes + state.nextOutdated.flatMap { delete($0, state.set) }
    }

    /// A pod of an old template that doesn't get ready would block the update for good only if its own revision were wanted.
    private func replaceBroken(_ pod: KubernetesObject, _ ordinal: Int, _ state: StatefulSetState) -> [Write] {
        guard pod.metadata.deletionTimestamp == nil, state.isOutdated(pod), ordinal >= state.partition, !pod.isReadyPod, state.isUpdating,
            state.all.allSatisfy({ $0.name == pod.name || $0.isReadyPod })
        else { return [] }
        return delete(pod, state.set)
    }

    private func create(_ ordinal: Int, _ state: StatefulSetState, in view: ClusterView) -> [Write] {
        let set = state.set
        let pod = state.makePod(ordinal)
        var writes: [Write] = []
        for claim in state.makeClaims(ordinal) where view.store.get(Resource.persistentVolumeClaims, claim.key) == nil {
            let message = "Create Claim \(claim.name) Pod \(pod.name) in StatefulSet \(set.name) success"
            writes += [.create(claim), event(on: set, "SuccessfulCreate", message)]
        }
        return writes + [.create(pod), event(on: set, "SuccessfulCreate", "Create Pod \(pod.name) in StatefulSet \(set.name) successful")]
    }

    private func delete(_ pod: KubernetesObject, _ set: KubernetesObject) -> [Write] {
        let message = "Delete Pod \(pod.name) in StatefulSet \(set.name) successful"
        return [.delete(Resource.pods, pod.key, DeleteOptions(requiredUID: pod.uid)), event(on: set, "SuccessfulDelete", message)]
    }
}
