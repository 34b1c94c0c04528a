import KubernetesModel

/// Rolls the pods of a Deployment from one template to the next, through ReplicaSets.
struct DeploymentController: Controller {
    let name = "deployment-controller"
    let patience = Duration.milliseconds(20)
    let watches = [Resource.deployments, Resource.replicaSets]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        if change.resource == Resource.deployments { return own(change) }
        return controllers(of: change, kind: "Deployment", Resource.deployments, in: view)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let deployment = view.get(Resource.deployments, key.key) else { return .done }
        let rollout = Rollout(deployment, sets: view.owned(by: deployment.uid, resource: Resource.replicaSets))
        var status = DeploymentStatus(rollout, at: now)
        guard deployment.metadata.deletionTimestamp == nil else { return Reconciliation(writes: status.writes) }
        if deployment.spec["paused"]?.boolValue == true {
            status.setPaused()
            return Reconciliation(writes: status.writes + rollout.scalesToSize.flatMap { scale($0, rollout) })
        }
        guard let current = rollout.newSet else { return create(rollout, status) }
        // The status first: it names the version that it was made from, which the other writes leave behind.
        let changes = rollout.nextScales
        var writes = revisionWrites(current, rollout) + changes.flatMap { scale($0, rollout) }
        if changes.isEmpty, status.isComplete { writes += rollout.outdatedSets.map { .delete(Resource.replicaSets, $0.key) } }
        status.noteProgress()
        return Reconciliation(writes: status.writes + writes, wakeAfter: status.deadline)
    }

    private func create(_ rollout: Rollout, _ status: DeploymentStatus) -> Reconciliation {
        // All old pods go before the first new one comes.
        if rollout.isRecreating, !rollout.isFreeOfOldPods {
            var status = status
            status.noteProgress()
            return Reconciliation(writes: status.writes + rollout.nextScales.flatMap { scale($0, rollout) })
        }
        var status = status
        let set = rollout.makeNewSet()
        let replicas = set.spec["replicas"]?.intValue ?? 0
        var writes: [Write] = [.create(set)]
        if replicas > 0 {
            let message = "Scaled up replica set \(set.name) from 0 to \(replicas)"
            writes.append(event(on: rollout.deployment, "ScalingReplicaSet", message))
        }
        writes += annotate(rollout.deployment, revision: rollout.nextRevision)
        status.noteCreation(of: set.name)
        return Reconciliation(writes: status.writes + writes)
    }

    private func scale(_ change: Rollout.Scale, _ rollout: Rollout) -> [Write] {
        let old = change.set.spec["replicas"]?.intValue ?? 0
        let patch: JSONValue = [
            "metadata": ["annotations": JSONValue(rollout.sizeAnnotations)], "spec": ["replicas": JSONValue(change.replicas)],
        ]
        let write = Write.patch(Resource.replicaSets, change.set.key, patch)
        guard old != change.replicas else { return [write] }
        let direction = change.replicas > old ? "up" : "down"
        let message = "Scaled \(direction) replica set \(change.set.name) from \(old) to \(change.replicas)"
        return [write, event(on: rollout.deployment, "ScalingReplicaSet", message)]
    }

    /// A template that was used before becomes the newest revision again.
    private func revisionWrites(_ current: KubernetesObject, _ rollout: Rollout) -> [Write] {
        var writes: [Write] = []
        let revision = String(max(rollout.revision(of: current), rollout.newestOldRevision + 1))
        var annotations = rollout.inheritedAnnotations
        annotations[Rollout.revisionKey] = revision
        let own = current.metadata.annotations
        if annotations.contains(where: { own[$0.key] != $0.value }) {
            writes.append(.patch(Resource.replicaSets, current.key, ["metadata": ["annotations": JSONValue(annotations)]]))
        }
        return writes + annotate(rollout.deployment, revision: revision)
    }

    private func annotate(_ deployment: KubernetesObject, revision: String) -> [Write] {
        guard deployment.metadata.annotations[Rollout.revisionKey] != revision else { return [] }
        return [.patch(Resource.deployments, deployment.key, ["metadata": ["annotations": [Rollout.revisionKey: .string(revision)]]])]
    }
}
