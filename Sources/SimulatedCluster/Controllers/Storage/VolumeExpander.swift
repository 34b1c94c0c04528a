import KubernetesModel

/// The resizers beside the CSI drivers of a scenario: a claim that asks for more gets it, first as a volume, then as a file system.
struct VolumeExpander: Controller {
    let name = "external-resizer"
    let watches = [Resource.persistentVolumeClaims]
    private let drivers: Set<String>
    private static let delay = Duration.seconds(3)

    init(_ drivers: Set<String>) {
        self.drivers = drivers
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        own(change)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let claim = view.get(key.resource, key.key), claim.status["phase"] == "Bound",
            let volume = view.get(Resource.persistentVolumes, ObjectKey(name: claim.spec["volumeName"]?.stringValue ?? "")),
            let driver = volume.spec["csi"]?["driver"]?.stringValue, drivers.contains(driver),
            let request = claim.spec["resources"]?["requests"]?["storage"], let wanted = Quantity(request),
            let present = Quantity(claim.status["capacity"]?["storage"]), present < wanted
        else { return .done }
        guard let begun = claim.condition("Resizing")?["lastTransitionTime"]?.stringValue.flatMap(KubernetesTime.parse) else {
            return begin(claim, volume, driver, at: now)
        }
        let rest = now.duration(to: begun + Self.delay)
        guard rest <= .zero else { return Reconciliation(wakeAfter: rest) }
        return Reconciliation(writes: finish(claim, volume, to: request, in: view))
    }

    private func begin(_ claim: KubernetesObject, _ volume: KubernetesObject, _ driver: String, at now: Instant) -> Reconciliation {
        var status = claim.status.objectValue ?? [:]
        var conditions = ConditionList(status["conditions"], at: now)
        conditions.set("Resizing", true, "", "", updates: false)
        status["conditions"] = conditions.json
        let report = EventDraft(
            regarding: claim.reference, reason: "Resizing", message: "External resizer is resizing volume \(volume.name)",
            component: "\(name) \(driver)")
        return Reconciliation(writes: statusWrite(claim, status) + [.event(report)], wakeAfter: Self.delay)
    }

    private func finish(_ claim: KubernetesObject, _ volume: KubernetesObject, to size: JSONValue, in view: ClusterView) -> [Write] {
        var status = claim.status.objectValue ?? [:]
        status["conditions"] = nil
        status["capacity"] = ["storage": size]
        var writes: [Write] = [.patch(Resource.persistentVolumes, volume.key, ["spec": ["capacity": ["storage": size]]])]
        writes += statusWrite(claim, status)
        guard let pod = user(of: claim, in: view), let node = pod.spec["nodeName"]?.stringValue else { return writes }
        let message = "MountVolume.NodeExpandVolume succeeded for volume \"\(volume.name)\" \(node)"
        for object in [claim, pod] {
            writes.append(
                .event(
                    EventDraft(
                        regarding: object.reference, reason: "FileSystemResizeSuccessful", message: message, component: "kubelet",
                        host: node)))
        }
        return writes
    }

    private func user(of claim: KubernetesObject, in view: ClusterView) -> KubernetesObject? {
        view.list(Resource.pods, namespace: claim.namespace).first { pod in
            pod.status["phase"] == "Running"
                && pod.spec["volumes"]?.arrayValue?.contains { $0["persistentVolumeClaim"]?["claimName"]?.stringValue == claim.name }
                    == true
        }
    }
}
