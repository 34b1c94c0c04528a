import KubernetesModel

/// The claims of a StatefulSet's pods, which it keeps unless its retention policy says otherwise.
extension StatefulSetState {
    func makeClaims(_ ordinal: Int) -> [KubernetesObject] {
        (set.spec["volumeClaimTemplates"]?.arrayValue ?? []).map { template in
            var metadata = template["metadata"]?.objectValue ?? [:]
            metadata["name"] = .string("\(metadata["name"]?.stringValue ?? "")-\(set.name)-\(ordinal)")
            metadata["namespace"] = set.namespace.map(JSONValue.string)
            let labels = (metadata["labels"]?.stringMap ?? [:]).merging(set.spec["selector"]?["matchLabels"]?.stringMap ?? [:]) { $1 }
            metadata["labels"] = JSONValue(labels)
            return KubernetesObject([
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": .object(metadata), "spec": template["spec"] ?? [:],
            ])
        }
    }

    private func isDeleted(_ occasion: String) -> Bool {
        set.spec["persistentVolumeClaimRetentionPolicy"]?[occasion] == "Delete"
    }

    /// Claims that go with the set belong to it; those that go with a pod that is no longer wanted belong to that pod.
    var claimOwnerWrites: [Write] {
        guard isDeleted("whenDeleted") || isDeleted("whenScaled") else { return [] }
        let wanted = ordinals.compactMap { ordinal in pod(ordinal).map { (ordinal, $0, false) } }
        let condemned = surplus.compactMap { pod in ordinal(of: pod).map { ($0, pod, true) } }
        return (wanted + condemned).flatMap { ordinal, pod, isCondemned in
            makeClaims(ordinal).compactMap { claim in ownerWrite(claim.key, pod, isCondemned: isCondemned) }
        }
    }

    private func ordinal(of pod: KubernetesObject) -> Int? { Int(pod.name.dropFirst(set.name.count + 1)) }

    private func ownerWrite(_ key: ObjectKey, _ pod: KubernetesObject, isCondemned: Bool) -> Write? {
        guard let claim = view.get(Resource.persistentVolumeClaims, key) else { return nil }
        let old = claim.metadata.json["ownerReferences"]?.arrayValue ?? []
        var owners = old.filter { $0["uid"]?.stringValue != set.uid && $0["kind"] != "Pod" }
        if isCondemned, isDeleted("whenScaled") {
            owners.append(["apiVersion": "v1", "kind": "Pod", "name": .string(pod.name), "uid": .string(pod.uid)])
        } else if isDeleted("whenDeleted") {
            owners.append(set.controllerReference)
        }
        guard owners != old else { return nil }
        return .patch(
            Resource.persistentVolumeClaims, key, ["metadata": ["ownerReferences": owners.isEmpty ? JSONValue.null : .array(owners)]])
    }
}
