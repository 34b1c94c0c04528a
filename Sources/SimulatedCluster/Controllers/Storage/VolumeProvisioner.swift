import KubernetesModel
import KubernetesSemantics

/// The CSI drivers of a scenario: they make a volume for each claim that asks their provisioner for one.
struct VolumeProvisioner: Controller {
    let name = "external-provisioner"
    let watches = [Resource.persistentVolumeClaims]
    private let provisioners: Set<String>
    private static let delay = Duration.seconds(2)

    init(_ provisioners: Set<String>) {
        self.provisioners = provisioners
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        own(change)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let claim = view.get(key.resource, key.key), claim.metadata.deletionTimestamp == nil,
            let provisioner = claim.metadata.annotations["volume.kubernetes.io/storage-provisioner"], provisioners.contains(provisioner),
            (claim.spec["volumeName"]?.stringValue ?? "").isEmpty
        else { return .done }
        let volume = ObjectKey(name: "pvc-\(claim.uid)")
        guard view.store.get(Resource.persistentVolumes, volume) == nil else { return .done }
        let asked = claim.metadata.json["managedFields"]?.arrayValue?.compactMap { $0["time"]?.stringValue }.max()
        let age = asked.flatMap(KubernetesTime.parse).map { $0.duration(to: now) } ?? Self.delay
        guard age >= Self.delay else { return Reconciliation(wakeAfter: Self.delay - age) }
        return Reconciliation(writes: provision(volume.name, for: claim, provisioner, in: view))
    }

    private func provision(_ name: String, for claim: KubernetesObject, _ provisioner: String, in view: ClusterView) -> [Write] {
        let className = claim.spec["storageClassName"]?.stringValue ?? ""
        let storageClass = view.get(Resource.storageClasses, ObjectKey(name: className))
        var spec: JSONObject = ["accessModes": claim.spec["accessModes"] ?? []]
        spec["capacity"] = ["storage": claim.spec["resources"]?["requests"]?["storage"] ?? "1Gi"]
        spec["csi"] = ["driver": .string(provisioner), "volumeHandle": .string("vol-\(StableHash.fnv64(claim.uid))"), "fsType": "ext4"]
        spec["claimRef"] = [
            "kind": "PersistentVolumeClaim", "apiVersion": "v1", "namespace": .string(claim.namespace ?? ""), "name": .string(claim.name),
            "uid": .string(claim.uid), "resourceVersion": .string(claim.metadata.resourceVersion),
        ]
        spec["persistentVolumeReclaimPolicy"] = storageClass?["reclaimPolicy"] ?? "Delete"
        spec["storageClassName"] = .string(className)
        spec["volumeMode"] = claim.spec["volumeMode"]
        if let zone = zone(of: claim, in: view) {
            let term: JSONValue = ["key": "topology.kubernetes.io/zone", "operator": "In", "values": [.string(zone)]]
            spec["nodeAffinity"] = ["required": ["nodeSelectorTerms": [["matchExpressions": [term]]]]]
        }
        let metadata: JSONValue = ["name": .string(name), "annotations": ["pv.kubernetes.io/provisioned-by": .string(provisioner)]]
        let volume: JSONObject = ["apiVersion": "v1", "kind": "PersistentVolume", "metadata": metadata, "spec": .object(spec)]
        let message = "Successfully provisioned volume \(name)"
        let report = EventDraft(regarding: claim.reference, reason: "ProvisioningSucceeded", message: message, component: provisioner)
        return [.create(KubernetesObject(volume)), .event(report)]
    }

    private func zone(of claim: KubernetesObject, in view: ClusterView) -> String? {
        guard let node = claim.metadata.annotations["volume.kubernetes.io/selected-node"] else { return nil }
        return view.store.get(Resource.nodes, ObjectKey(name: node))?.labels["topology.kubernetes.io/zone"]
    }
}
