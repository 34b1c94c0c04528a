import KubernetesModel
import KubernetesSemantics

/// Binds claims to volumes, and says on the claim what it waits for.
struct VolumeBinder: Controller {
    let name = "persistentvolume-controller"
    let watches = [
        Resource.persistentVolumeClaims, Resource.persistentVolumes, Resource.storageClasses, Resource.pods,
    ]
    private static let bindCompleted = "pv.kubernetes.io/bind-completed"
    private static let boundByController = "pv.kubernetes.io/bound-by-controller"
    /// Everything is looked at again after this time, and events about what still waits are repeated.
    private static let resync = Duration.seconds(15)

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        switch change.resource {
        case Resource.persistentVolumeClaims: own(change)
        case Resource.pods:
            SchedulablePod(view.object(change.object)).claims.map {
                WorkKey(Resource.persistentVolumeClaims, ObjectKey(namespace: change.key.namespace, name: $0))
            }
        default: view.store.list(Resource.persistentVolumeClaims).map { WorkKey(Resource.persistentVolumeClaims, $0.key) }
        }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let claim = view.get(Resource.persistentVolumeClaims, key.key), claim.metadata.deletionTimestamp == nil else { return .done }
        let binding = VolumeBinding(
            BindableClaim(claim), volumes: view.list(Resource.persistentVolumes).map { BindableVolume($0) },
            classes: view.list(Resource.storageClasses).map { BindingClass($0) }, unscheduledPods: waitingPods(for: claim, in: view))
        switch binding.outcome {
        case .bound(let volume):
            guard let object = view.get(Resource.persistentVolumes, ObjectKey(name: volume)) else { return .done }
            return Reconciliation(writes: settle(claim, object))
        case .bind(let volume):
            guard let object = view.get(Resource.persistentVolumes, ObjectKey(name: volume)) else { return .done }
            return Reconciliation(writes: bind(claim, object, at: now))
        case .lost:
            guard claim.status["phase"] != "Lost" else { return .done }
            return Reconciliation(writes: statusWrite(claim, ["phase": "Lost"]) + report(binding, on: claim))
        case .provision(_, let provisioner):
            return Reconciliation(writes: ask(provisioner, for: claim) + report(binding, on: claim), wakeAfter: Self.resync)
        case .pending:
            return Reconciliation(writes: report(binding, on: claim), wakeAfter: Self.resync)
        }
    }

    private func report(_ binding: VolumeBinding, on claim: KubernetesObject) -> [Write] {
        guard let report = binding.report else { return [] }
        return [event(on: claim, report.type == "Warning" ? .warning : .normal, report.reason, report.message)]
    }

    private func waitingPods(for claim: KubernetesObject, in view: ClusterView) -> [String] {
        view.list(Resource.pods, namespace: claim.namespace) { $0.field("spec.nodeName") ?? "" == "" }
            .map { SchedulablePod($0) }.filter { $0.claims.contains(claim.name) && !$0.isFinished }.map(\.key.name)
    }

    private func ask(_ provisioner: String, for claim: KubernetesObject) -> [Write] {
        let keys = ["volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner"]
        guard keys.contains(where: { claim.metadata.annotations[$0] != provisioner }) else { return [] }
        let annotations = Dictionary(uniqueKeysWithValues: keys.map { ($0, provisioner) })
        return [.patch(Resource.persistentVolumeClaims, claim.key, ["metadata": ["annotations": JSONValue(annotations)]])]
    }

    private func bind(_ claim: KubernetesObject, _ volume: KubernetesObject, at now: Instant) -> [Write] {
        var writes: [Write] = []
        if volume.spec["claimRef"]?["uid"]?.stringValue != claim.uid {
            var reference: JSONObject = ["kind": "PersistentVolumeClaim", "apiVersion": "v1", "name": .string(claim.name)]
            reference["namespace"] = claim.namespace.map(JSONValue.string)
            reference["uid"] = .string(claim.uid)
            reference["resourceVersion"] = .string(claim.metadata.resourceVersion)
            let wasReserved = volume.spec["claimRef"]?["name"] != nil
            var patch: JSONValue = ["spec": ["claimRef": .object(reference)]]
            if !wasReserved { patch[path: ["metadata", "annotations", Self.boundByController]] = "yes" }
            writes.append(.patch(Resource.persistentVolumes, volume.key, patch))
        }
        var annotations: JSONObject = [Self.bindCompleted: "yes"]
        if (claim.spec["volumeName"]?.stringValue ?? "").isEmpty { annotations[Self.boundByController] = "yes" }
        let patch: JSONValue = ["metadata": ["annotations": .object(annotations)], "spec": ["volumeName": .string(volume.name)]]
        writes.append(.patch(Resource.persistentVolumeClaims, claim.key, patch))
        return writes
    }

    /// The volume may have been there before the claim was told of it.
    private func settle(_ claim: KubernetesObject, _ volume: KubernetesObject) -> [Write] {
        var status = claim.status.objectValue ?? [:]
        status["phase"] = "Bound"
        status["accessModes"] = volume.spec["accessModes"]
        status["capacity"] = volume.spec["capacity"]
        return statusWrite(claim, status)
    }
}
