import KubernetesModel

/// Keeps the phase of volumes, frees those whose claim is gone, and protects what is in use from deletion.
struct VolumeKeeper: Controller {
    let name = "persistentvolume-controller"
    let watches = [Resource.persistentVolumes, Resource.persistentVolumeClaims, Resource.pods]
    /// The CSI drivers that take back what they made.
    private let provisioners: Set<String>
    private static let claimFinalizer = "kubernetes.io/pvc-protection"
    private static let volumeFinalizer = "kubernetes.io/pv-protection"

    init(_ provisioners: Set<String>) {
        self.provisioners = provisioners
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        switch change.resource {
        case Resource.persistentVolumes: return own(change)
        case Resource.persistentVolumeClaims:
            let volume = view.object(change.object).spec["volumeName"]?.stringValue
            return own(change) + [volume].compactMap { $0 }.map { WorkKey(Resource.persistentVolumes, ObjectKey(name: $0)) }
        default:
            let volumes = view.object(change.object).spec["volumes"]?.arrayValue ?? []
            return volumes.compactMap { $0["persistentVolumeClaim"]?["claimName"]?.stringValue }.map {
                WorkKey(Resource.persistentVolumeClaims, ObjectKey(namespace: change.key.namespace, name: $0))
            }
        }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let object = view.get(key.resource, key.key) else { return .done }
        if key.resource == Resource.persistentVolumeClaims { return Reconciliation(writes: releaseClaim(object, in: view)) }
        return Reconciliation(writes: keep(object, in: view, at: now))
    }

    /// A claim that is being deleted goes once no pod uses it any more.
    private func releaseClaim(_ claim: KubernetesObject, in view: ClusterView) -> [Write] {
        guard claim.metadata.deletionTimestamp != nil, claim.metadata.finalizers.contains(Self.claimFinalizer) else { return [] }
        let isUsed = view.list(Resource.pods, namespace: claim.namespace).contains { pod in
            guard !pod.isFinishedPod, !(pod.spec["nodeName"]?.stringValue ?? "").isEmpty else { return false }
            return pod.spec["volumes"]?.arrayValue?.contains {
                $0["persistentVolumeClaim"]?["claimName"]?.stringValue == claim.name
            } ?? false
        }
        return isUsed ? [] : [.removing(Self.claimFinalizer, from: claim, Resource.persistentVolumeClaims)]
    }

    private func keep(_ volume: KubernetesObject, in view: ClusterView, at now: Instant) -> [Write] {
        let phase = volume.status["phase"]?.stringValue ?? "Pending"
        var wanted = phaseWanted(of: volume, in: view)
        var writes: [Write] = []
        var problem: String?
        if wanted == "Released", volume.spec["persistentVolumeReclaimPolicy"] == "Delete", volume.metadata.deletionTimestamp == nil {
            switch reclaim(volume) {
            case .deleted: writes.append(.delete(Resource.persistentVolumes, volume.key))
            case .leftToOthers: break
            case .failed(let message):
                problem = message
                wanted = "Failed"
            }
        }
        if phase != wanted {
            var status = volume.status.objectValue ?? [:]
            status["message"] = problem.map(JSONValue.string)
            if let problem { writes.append(event(on: volume, .warning, "VolumeFailedDelete", problem)) }
            status["phase"] = .string(wanted)
            status["lastPhaseTransitionTime"] = .string(KubernetesTime.seconds(now))
            writes += statusWrite(volume, status)
        }
        if volume.metadata.deletionTimestamp != nil {
            if wanted != "Bound", volume.metadata.finalizers.contains(Self.volumeFinalizer) {
                writes.append(.removing(Self.volumeFinalizer, from: volume, Resource.persistentVolumes))
            }
        }
        return writes
    }

    private enum Reclamation {
        case deleted
        /// The driver that made it would have to do it.
        case leftToOthers
        case failed(String)
    }

    private func reclaim(_ volume: KubernetesObject) -> Reclamation {
        if let driver = volume.metadata.annotations["pv.kubernetes.io/provisioned-by"], !driver.hasPrefix("kubernetes.io/") {
            return provisioners.contains(driver) ? .deleted : .leftToOthers
        }
        guard let path = volume.spec["hostPath"]?["path"]?.stringValue else {
            return .failed("error getting deleter volume plugin for volume \"\(volume.name)\": no deletable volume plugin matched")
        }
        return path.hasPrefix("/tmp/") ? .deleted : .failed("host_path deleter only supports /tmp/.+ but received provided \(path)")
    }

    private func phaseWanted(of volume: KubernetesObject, in view: ClusterView) -> String {
        guard let reference = volume.spec["claimRef"], let uid = reference["uid"]?.stringValue, !uid.isEmpty else { return "Available" }
        let key = ObjectKey(namespace: reference["namespace"]?.stringValue, name: reference["name"]?.stringValue ?? "")
        return view.store.get(Resource.persistentVolumeClaims, key)?.uid == uid ? "Bound" : "Released"
    }
}
