import KubernetesModel

/// What the API server prints about volumes, claims and `storage.k8s.io`.
enum StorageColumns {
    static func volume(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let volume = FieldReader(object)
        let claim = volume.spec.claimRef
        return [
            .string(object.name), .string(quantity(volume.spec.capacity.storage)), .string(CellText.accessModes(volume.spec.accessModes)),
            .string(volume.spec.persistentVolumeReclaimPolicy.text), .string(phase(of: volume)),
            .string(claim.exists ? "\(claim.namespace.text)/\(claim.name.text)" : ""), .string(CellText.storageClass(volume)),
            .string(volume.spec.volumeAttributesClassName.text(or: "<unset>")), .string(volume.status.reason.text),
            CellText.age(of: object, now: now), .string(volume.spec.volumeMode.text(or: "<unset>")),
        ]
    }

    static func claim(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let claim = FieldReader(object)
        let isBound = !claim.spec.volumeName.text.isEmpty
        return [
            .string(object.name), .string(phase(of: claim)), .string(claim.spec.volumeName.text),
            .string(isBound ? quantity(claim.status.capacity.storage) : ""),
            .string(isBound ? CellText.accessModes(claim.status.accessModes) : ""), .string(CellText.storageClass(claim)),
            .string(claim.spec.volumeAttributesClassName.text(or: "<unset>")), CellText.age(of: object, now: now),
            .string(claim.spec.volumeMode.text(or: "<unset>")),
        ]
    }

    private static func phase(of object: FieldReader) -> String {
        object.metadata.deletionTimestamp.exists ? "Terminating" : object.status.phase.text
    }

    private static func quantity(_ field: FieldReader) -> String {
        field.exists ? field.textOrNumber : "0"
    }

    static func storageClass(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let storageClass = FieldReader(object)
        let annotations = object.metadata.annotations
        let isDefault = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"]
            .contains { annotations[$0] == "true" }
        return [
            .string(object.name + (isDefault ? " (default)" : "")), .string(storageClass.provisioner.text),
            .string(storageClass.reclaimPolicy.text(or: "Delete")), .string(storageClass.volumeBindingMode.text(or: "Immediate")),
            .bool(storageClass.allowVolumeExpansion.flag), CellText.age(of: object, now: now),
        ]
    }

    static func volumeAttributesClass(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let isDefault = object.metadata.annotations["storage.alpha.kubernetes.io/is-default-vac"] == "true"
        return [
            .string(object.name + (isDefault ? " (default)" : "")), .string(FieldReader(object).driverName.text),
            CellText.age(of: object, now: now),
        ]
    }

    static func volumeAttachment(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let attachment = FieldReader(object)
        return [
            .string(object.name), .string(attachment.spec.attacher.text),
            .string(attachment.spec.source.persistentVolumeName.text), .string(attachment.spec.nodeName.text),
            .bool(attachment.status.attached.flag), CellText.age(of: object, now: now),
        ]
    }

    static func csiDriver(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let spec = FieldReader(object).spec
        let modes = spec.volumeLifecycleModes.texts.joined(separator: ",")
        let audiences = spec.tokenRequests.elements.map(\.audience.text).joined(separator: ",")
        return [
            .string(object.name), .bool(spec.attachRequired.json?.boolValue ?? true), .bool(spec.podInfoOnMount.flag),
            .bool(spec.storageCapacity.flag), .string(spec.tokenRequests.exists ? audiences : "<unset>"),
            .bool(spec.requiresRepublish.flag), .string(modes.isEmpty ? "<none>" : modes), CellText.age(of: object, now: now),
        ]
    }

    static func csiNode(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        [.string(object.name), JSONValue(FieldReader(object).spec.drivers.elements.count), CellText.age(of: object, now: now)]
    }
}
