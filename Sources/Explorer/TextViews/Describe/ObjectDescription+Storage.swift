import KubernetesClient
import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func persistentVolume() {
        let spec = fields.spec
        name()
        labelsAndAnnotations()
        outline.field("Finalizers", "[\(object.metadata.finalizers.joined(separator: " "))]")
        storageClassName(fields)
        phase()
        let claim = spec.claimRef
        let reference = ObjectReference.builtIn("PersistentVolumeClaim", namespace: claim.namespace.text, claim.name.text)
        outline.field("Claim", claim.exists ? "\(claim.namespace.text)/\(claim.name.text)" : "", link: claim.exists ? reference : nil)
        outline.field("Reclaim Policy", spec.persistentVolumeReclaimPolicy.text)
        outline.field("Access Modes", Self.accessModes(spec.accessModes))
        optional("VolumeMode", spec.volumeMode.text)
        outline.field("Capacity", spec.capacity.storage.textOrNumber)
        nodeAffinity(spec.nodeAffinity.required)
        outline.field("Message", fields.status.message.text)
        outline.heading("Source")
        volumeSource(spec, depth: 2)
    }

    private mutating func phase() {
        let deleted = object.metadata.deletionTimestamp.map { "Terminating (lasts \(age($0)))" }
        outline.field("Status", deleted ?? fields.status.phase.text)
    }

    private mutating func storageClassName(_ fields: FieldReader, depth: Int = 0) {
        let old = fields.metadata.annotations["volume.beta.kubernetes.io/storage-class"].text
        let name = old.isEmpty ? fields.spec.storageClassName.text : old
        outline.field("StorageClass", name, depth: depth, link: link("StorageClass", name))
    }

    private mutating func nodeAffinity(_ required: FieldReader) {
        guard required.exists else { return outline.field("Node Affinity", "<none>") }
        outline.heading("Node Affinity")
        outline.heading("Required Terms", depth: 1)
        for (index, term) in required.nodeSelectorTerms.elements.enumerated() {
            let requirements = term.matchExpressions.elements.map { requirement in
                let values = requirement["values"].texts
                let list = values.isEmpty ? "" : " [\(values.joined(separator: ", "))]"
                return LinkedText("\(requirement.key.text) \(requirement.operator.text.lowercased())\(list)")
            }
            outline.values("Term \(index)", requirements.isEmpty ? ["<none>"] : requirements, depth: 2)
        }
    }

    static func accessModes(_ modes: FieldReader) -> String {
        let short = ["ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP"]
        return modes.texts.map { short[$0] ?? $0 }.joined(separator: ",")
    }

    // MARK: Claims

    mutating func persistentVolumeClaim() {
        name()
        claimFields(fields, depth: 0, isWhole: true)
        let mirror = beside(ReflectorScope(GroupVersionResource(resource: "pods"), namespace: object.namespace))
        let pods = mirror.objects.filter { pod in
            pod.metadata.ownerReferences.contains { $0.uid == object.uid }
                || Pod(pod).volumes.contains { $0.claimName == object.name }
                || object.metadata.ownerReferences.contains { $0.kind == "Pod" && $0.uid == pod.uid }
        }
        outline.values(
            "Used By", pods.isEmpty ? [LinkedText(mirror.absence)] : pods.map { LinkedText($0.name, link: link("Pod", $0.name)) })
        conditions()
    }

    /// - Parameter isWhole: whether it is a claim, or only the template of one.
    mutating func claimFields(_ claim: FieldReader, depth: Int, isWhole: Bool) {
        storageClassName(claim, depth: depth)
        if isWhole { phase() }
        let volume = claim.spec.volumeName.text
        outline.field("Volume", volume, depth: depth, link: link("PersistentVolume", volume))
        outline.pairs("Labels", claim.metadata.labels.json, separator: "=", depth: depth)
        outline.pairs("Annotations", annotations(claim.metadata), separator: ": ", depth: depth)
        if isWhole { outline.field("Finalizers", "[\(object.metadata.finalizers.joined(separator: " "))]") }
        let isBound = !volume.isEmpty
        outline.field("Capacity", isBound ? claim.status.capacity.storage.textOrNumber : "", depth: depth)
        if isWhole, !isBound { outline.field("Requested", claim.spec.resources.requests.storage.textOrNumber) }
        outline.field("Access Modes", isBound ? Self.accessModes(claim.status.accessModes) : "", depth: depth)
        optional("VolumeMode", claim.spec.volumeMode.text, depth: depth)
        let source = claim.spec.dataSource
        guard source.exists else { return }
        outline.heading("DataSource", depth: depth)
        optional("APIGroup", source.apiGroup.text, depth: depth + 1)
        outline.field("Kind", source.kind.text, depth: depth + 1)
        outline.field("Name", source.name.text, depth: depth + 1)
    }

    // MARK: Classes

    mutating func storageClass() {
        let isDefault = fields.metadata.annotations["storageclass.kubernetes.io/is-default-class"].text == "true"
        name()
        outline.field("IsDefaultClass", isDefault ? "Yes" : "No")
        outline.pairs("Annotations", annotations(fields.metadata), separator: "=")
        outline.field("Provisioner", fields.provisioner.text)
        outline.pairs("Parameters", fields.parameters.json, separator: "=")
        let expansion = fields.allowVolumeExpansion
        outline.field("AllowVolumeExpansion", expansion.exists ? (expansion.flag ? "True" : "False") : "<unset>")
        let options = fields.mountOptions.texts
        if options.isEmpty { outline.field("MountOptions", "<none>") } else { outline.heading("MountOptions") }
        for option in options { outline.line(LinkedText(option), depth: 1) }
        optional("ReclaimPolicy", fields.reclaimPolicy.text)
        optional("VolumeBindingMode", fields.volumeBindingMode.text)
        guard fields.allowedTopologies.exists else { return }
        outline.heading("AllowedTopologies")
        for (index, term) in fields.allowedTopologies.elements.enumerated() {
            let requirements = term.matchLabelExpressions.elements.map {
                LinkedText("\($0.key.text) in [\($0["values"].texts.joined(separator: ", "))]")
            }
            outline.values("Term \(index)", requirements.isEmpty ? ["<none>"] : requirements, depth: 1)
        }
    }

    mutating func volumeAttributesClass() {
        name()
        outline.pairs("Annotations", annotations(fields.metadata), separator: "=")
        outline.field("DriverName", fields.driverName.text)
        outline.pairs("Parameters", fields.parameters.json, separator: "=")
    }

    mutating func csiNode() {
        name()
        labelsAndAnnotations()
        created()
        outline.heading("Spec")
        guard fields.spec.drivers.exists else { return }
        outline.heading("Drivers", depth: 1)
        for driver in fields.spec.drivers.elements {
            outline.heading(driver.name.text, depth: 2)
            outline.field("Node ID", driver.nodeID.text, depth: 3)
            if driver.allocatable["count"].exists {
                outline.heading("Allocatables", depth: 3)
                outline.field("Count", driver.allocatable["count"].textOrNumber, depth: 4)
            }
            if driver.topologyKeys.exists {
                outline.field("Topology Keys", "[\(driver.topologyKeys.texts.joined(separator: " "))]", depth: 3)
            }
        }
    }
}
