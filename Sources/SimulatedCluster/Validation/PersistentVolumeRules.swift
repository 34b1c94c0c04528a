import KubernetesModel

/// Volumes of the cluster, and those that an attachment describes in place.
struct PersistentVolumeRules {
    static func volume(_ change: ObjectChange, _ errors: inout [FieldError]) {
        PersistentVolumeRules(name: change.name, isInline: false).validate(change.spec, at: .spec, &errors)
        if let old = change.oldSpec { update(change.spec, old, &errors) }
    }

    let name: String
    let isInline: Bool

    private static let inline = "in the context of inline volumes"

    func validate(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if isInline {
            for key in ["claimRef", "capacity"] where spec.object(key)?.isEmpty == false {
                errors.forbidden(path[key], "may not be specified \(Self.inline)")
            }
            if spec.object("csi") == nil { errors.required(path["csi"], "has to be specified \(Self.inline)") }
        }
        if spec.strings("accessModes").isEmpty { errors.required(path["accessModes"]) }
        AccessModes.validate(spec.strings("accessModes"), at: path["accessModes"], &errors)
        if !isInline { capacity(spec, at: path["capacity"], &errors) }
        reclaiming(spec, at: path, &errors)
        affinity(spec, at: path["nodeAffinity"], &errors)
        source(spec, at: path, &errors)
        errors.checkText(spec, "storageClassName", NameRules.subdomain, at: path)
        if isInline {
            errors.checkAbsent(spec, ["volumeMode"], at: path, "may not be specified \(Self.inline)")
        } else {
            errors.checkChoice(spec, "volumeMode", ["Block", "Filesystem"], at: path)
        }
        attributes(spec, at: path, &errors)
    }

    private func capacity(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let capacity = spec.quantities("capacity")
        if capacity.isEmpty { errors.required(path) }
        if capacity["storage"] == nil || capacity.count > 1 {
            errors.append(.notSupported(path, spec.present("capacity") ?? .null, ["storage"]))
        }
        for (name, amount) in capacity.sorted(by: { $0.key < $1.key }) {
            if amount.isNegative { errors.invalid(path.key(name), JSONValue(amount.value), "must be a valid resource quantity") }
            if amount.isZero || amount.isNegative { errors.invalid(path.key(name), amount.json, "must be greater than zero") }
        }
    }

    private func reclaiming(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let key = "persistentVolumeReclaimPolicy"
        guard isInline else { return errors.checkChoice(spec, key, ["Delete", "Recycle", "Retain"], at: path) }
        guard !["", "Retain"].contains(spec.string(key)) else { return }
        errors.forbidden(path[key], "may only be Retain \(Self.inline)")
    }

    private func affinity(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let affinity = spec.object("nodeAffinity") else { return }
        if isInline { return errors.forbidden(path, "may not be specified \(Self.inline)") }
        guard let required = affinity.object("required") else {
            return errors.required(path["required"], "must specify required node constraints")
        }
        AffinityRules.nodeSelector(required, at: path["required"], &errors)
    }

    /// In the order in which a server looks at them.
    private static let kinds = [
        "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "flocker", "nfs", "rbd", "quobyte", "cephfs", "iscsi",
        "cinder", "fc", "flexVolume", "azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume", "azureDisk", "scaleIO",
        "local", "storageos", "csi",
    ]

    private func source(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let kinds = Self.kinds.filter { spec.present($0) != nil }
        guard let first = kinds.first else { return errors.required(path, "must specify a volume type") }
        let source = spec.object(first) ?? [:]
        if first == "csi" {
            driver(source, at: path["csi"], &errors)
        } else {
            VolumeSourceRules.validate(source, first, at: path, &errors)
        }
        for extra in kinds.dropFirst() { errors.forbidden(path[extra], "may not specify more than 1 volume type") }
        if let source = spec.object("iscsi") {
            let portal = source.string("targetPortal")
            VolumeSourceRules.checkInitiator(source, of: name, at: path["iscsi"]["targetportal"], value: portal, &errors)
        }
        if spec.object("local") != nil, spec.object("nodeAffinity") == nil, !isInline {
            errors.required(.metadata["annotations"], "Local volume requires node affinity")
        }
        let isRoot = spec.object("hostPath").map { !$0.string("path").isEmpty && $0.string("path").allSatisfy { $0 == "/" } } ?? false
        if isRoot, spec.string("persistentVolumeReclaimPolicy") == "Recycle" {
            errors.forbidden(path["persistentVolumeReclaimPolicy"], "may not be 'recycle' for a hostPath mount of '/'")
        }
    }

    private static let secrets = [
        "controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef",
    ]

    private func driver(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        VolumeSourceRules.driverName(source, "driver", at: path, &errors)
        errors.checkRequired(source, "volumeHandle", at: path)
        for key in Self.secrets {
            guard let secret = source.object(key) else { continue }
            errors.checkRequiredText(secret, "name", NameRules.subdomain, at: path[key])
            errors.checkRequiredText(secret, "namespace", NameRules.label, at: path[key])
        }
    }

    private func attributes(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let key = "volumeAttributesClassName"
        guard let name = spec[key]?.stringValue else { return }
        if name.isEmpty { errors.required(path[key], "an empty string is disallowed") }
        errors.checkText(spec, key, NameRules.subdomain, at: path)
        if spec.object("csi") == nil {
            errors.required(path["csi"], "has to be specified when using volumeAttributesClassName")
        }
    }

    // MARK: Updates

    private static func update(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        var (wanted, frozen) = (source(new), source(old))
        // A driver may be told later with which secret it is to grow the volume.
        if frozen.object("csi")?.present("controllerExpandSecretRef") == nil {
            wanted.modify("csi") { $0.removeValue(forKey: "controllerExpandSecretRef") }
            frozen.modify("csi") { $0.removeValue(forKey: "controllerExpandSecretRef") }
        }
        if wanted != frozen {
            errors.forbidden(
                .spec["persistentvolumesource"],
                "spec.persistentvolumesource is immutable after creation\n" + SpecDifference.text(from: frozen, to: wanted)
            )
        }
        errors.checkUnchanged(new, old, "volumeMode", at: .root)
        if let affinity = old.present("nodeAffinity"), affinity != new.present("nodeAffinity") {
            errors.invalid(
                FieldPath("nodeAffinity"), new.present("nodeAffinity"), "field is immutable, except for updating from beta label to GA")
        }
        let key = "volumeAttributesClassName"
        if old.present(key) != nil, new.present(key) == nil {
            errors.forbidden(.spec[key], "update from non-nil value to nil is forbidden")
        }
    }

    private static func source(_ spec: JSONObject) -> JSONObject { spec.filter { kinds.contains($0) && $1 != .null } }
}
