import KubernetesModel

/// The storage that scheduling has to look at.
package struct SchedulingStorage: Sendable, Hashable {
    private let claims: [ObjectKey: BindableClaim]
    private let volumes: [String: BindableVolume]
    private let classes: [String: BindingClass]

    package init(claims: [BindableClaim] = [], volumes: [BindableVolume] = [], classes: [BindingClass] = []) {
        self.claims = Dictionary(claims.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        self.volumes = Dictionary(volumes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.classes = Dictionary(classes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What keeps a pod from every node, whichever it is.
    func obstacle(for pod: SchedulablePod) -> String? {
        for name in pod.claims {
            guard let claim = claims[ObjectKey(namespace: pod.key.namespace, name: name)] else {
                return "persistentvolumeclaim \"\(name)\" not found"
            }
            if claim.phase == "Lost" {
                return "persistentvolumeclaim \"\(name)\" bound to non-existent persistentvolume \"\(claim.volumeName)\""
            }
            if claim.isTerminating { return "persistentvolumeclaim \"\(name)\" is being deleted" }
        }
        let isWaitingAtOnce = unbound(pod).contains { classes[$0.className ?? ""]?.waitsForConsumer != true }
        return isWaitingAtOnce ? "pod has unbound immediate PersistentVolumeClaims" : nil
    }

    func rejections(of pod: SchedulablePod, on node: SchedulableNode) -> [NodeRejection] {
        for name in pod.claims {
            guard let claim = claims[ObjectKey(namespace: pod.key.namespace, name: name)], let volume = volumes[claim.volumeName],
                let affinity = volume.nodeAffinity, !affinity.matches(name: node.name, labels: node.labels)
            else { continue }
            return [
                NodeRejection(
                    "node(s) didn't match PersistentVolume's node affinity",
                    detail: "volume \(volume.name) of claim \(claim.key) cannot be used from \(node.name)"
                )
            ]
        }
        for claim in unbound(pod) where !canBind(claim, on: node) {
            return [
                NodeRejection(
                    "node(s) didn't find available persistent volumes to bind",
                    detail: "no volume for claim \(claim.key) can be used from \(node.name)"
                )
            ]
        }
        return []
    }

    private func unbound(_ pod: SchedulablePod) -> [BindableClaim] {
        pod.claims.compactMap { claims[ObjectKey(namespace: pod.key.namespace, name: $0)] }.filter { $0.phase != "Bound" }
    }

    private func canBind(_ claim: BindableClaim, on node: SchedulableNode) -> Bool {
        if let provisioner = classes[claim.className ?? ""]?.provisioner, provisioner != BindingClass.noProvisioner { return true }
        return volumes.values.contains { volume in
            VolumeBinding.mismatch(claim, volume) == nil
                && volume.nodeAffinity?.matches(name: node.name, labels: node.labels) ?? true
        }
    }
}
