import KubernetesModel

/// Claims, volumes and classes.
enum StorageRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind("PersistentVolumeClaim"): { change, errors in
            claim(change.spec, at: .spec, &errors)
            if let old = change.old { claimUpdate(change, old, &errors) }
        },
        GroupKind("PersistentVolume"): { change, errors in
            volume(change.spec, &errors)
            if let old = change.oldSpec { volumeUpdate(change.spec, old, &errors) }
        },
        GroupKind(group: "storage.k8s.io", "StorageClass"): { change, errors in storageClass(change, &errors) },
    ]

    private static let accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]

    static func claim(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        access(spec, at: path, "at least 1 access mode is required", &errors)
        if let selector = spec.object("selector") { SelectorRules.validate(selector, at: path["selector"], &errors) }
        let requests = spec.object("resources")?.quantities("requests") ?? [:]
        let storage = path["resources"].key("storage")
        if let size = requests["storage"] {
            if size.isZero || size.isNegative { errors.invalid(storage, size.json, "must be greater than zero") }
        } else {
            errors.required(storage)
        }
        let name = spec.string("storageClassName")
        if !name.isEmpty { errors.invalid(path["storageClassName"], .string(name), NameRules.subdomain(name)) }
        errors.checkChoice(spec, "volumeMode", ["Block", "Filesystem"], at: path)
        for key in ["dataSource", "dataSourceRef"] {
            guard let source = spec.object(key) else { continue }
            errors.checkRequired(source, "name", at: path[key])
            errors.checkRequired(source, "kind", at: path[key])
            if source.string("apiGroup").isEmpty, !["", "PersistentVolumeClaim"].contains(source.string("kind")) {
                errors.invalid(path[key], source["kind"], "must be 'PersistentVolumeClaim' when referencing the default apiGroup")
            }
        }
    }

    private static func access(_ spec: JSONObject, at path: FieldPath, _ missing: String, _ errors: inout [FieldError]) {
        let modes = spec.strings("accessModes")
        if modes.isEmpty { errors.required(path["accessModes"], missing) }
        for mode in modes where !accessModes.contains(mode) {
            errors.append(.notSupported(path["accessModes"], .string(mode), accessModes))
        }
        if modes.contains("ReadWriteOncePod"), modes.count > 1 {
            errors.forbidden(path["accessModes"], "may not use ReadWriteOncePod with other access modes")
        }
    }

    private static func claimUpdate(_ change: ObjectChange, _ old: JSONObject, _ errors: inout [FieldError]) {
        let before = old.object("spec") ?? [:]
        let isBound = old.object("status")?.string("phase") == "Bound"
        var (frozen, wanted) = (before, change.spec)
        // The binder may name the volume of a claim that has none.
        if before.string("volumeName").isEmpty { wanted["volumeName"] = before["volumeName"] }
        if isBound {
            wanted.modify("resources") { $0["requests"] = before.object("resources")?["requests"] }
            wanted["volumeAttributesClassName"] = before["volumeAttributesClassName"]
        }
        if before.present("storageClassName") == nil, change.spec.present("storageClassName") != nil { frozen["storageClassName"] = wanted["storageClassName"] }
        if frozen.filter({ $1 != .null }) != wanted.filter({ $1 != .null }) {
            errors.forbidden(
                .spec,
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n"
                    + SpecDifference.text(from: frozen, to: wanted)
            )
        }
        let path = FieldPath.spec["resources"]["requests"]["storage"]
        let size = change.spec.object("resources")?.quantities("requests")["storage"] ?? .zero
        if isBound, let least = before.object("resources")?.quantities("requests")["storage"], size < least {
            errors.forbidden(path, "field can not be less than previous value")
        }
    }

    private static let notSources: Set = [
        "accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity", "persistentVolumeReclaimPolicy", "storageClassName",
        "volumeMode", "volumeAttributesClassName",
    ]

    private static func volume(_ spec: JSONObject, _ errors: inout [FieldError]) {
        access(spec, at: .spec, "", &errors)
        let capacity = spec.quantities("capacity")
        if capacity.isEmpty { errors.required(.spec["capacity"]) }
        if !capacity.isEmpty, capacity["storage"] == nil {
            errors.append(.notSupported(.spec["capacity"], .object(spec.object("capacity") ?? [:]), ["storage"]))
        }
        if let size = capacity["storage"], size.isZero || size.isNegative {
            errors.invalid(.spec["capacity"].key("storage"), size.json, "must be greater than zero")
        }
        errors.checkChoice(spec, "persistentVolumeReclaimPolicy", ["Delete", "Recycle", "Retain"], at: .spec)
        if let affinity = spec.object("nodeAffinity"), let required = affinity.object("required") {
            AffinityRules.nodeSelector(required, at: .spec["nodeAffinity"]["required"], &errors)
        }
        let sources = spec.keys.filter { !notSources.contains($0) && spec.present($0) != nil }
        if sources.isEmpty { errors.required(.spec, "must specify a volume type") }
        for extra in sources.dropFirst() { errors.forbidden(.spec[extra], "may not specify more than 1 volume type") }
        if spec.present("local") != nil, spec.object("nodeAffinity") == nil {
            errors.required(.metadata["annotations"], "Local volume requires node affinity")
        }
        source(spec, &errors)
        let name = spec.string("storageClassName")
        if !name.isEmpty { errors.invalid(.spec["storageClassName"], .string(name), NameRules.subdomain(name)) }
    }

    private static func source(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let required = ["hostPath": ["path"], "nfs": ["server", "path"], "local": ["path"], "csi": ["driver", "volumeHandle"]]
        for (key, fields) in required.sorted(by: { $0.key < $1.key }) {
            guard let source = spec.object(key) else { continue }
            for field in fields { errors.checkRequired(source, field, at: .spec[key]) }
            let isPlain = !source.string("path").split(separator: "/").contains("..")
            if !isPlain { errors.invalid(.spec[key]["path"], source["path"], "must not contain '..'") }
        }
    }

    private static func volumeUpdate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        func source(_ spec: JSONObject) -> JSONObject { spec.filter { !notSources.contains($0) && $1 != .null } }
        if source(new) != source(old) {
            errors.forbidden(
                .spec["persistentvolumesource"],
                "spec.persistentvolumesource is immutable after creation\n" + SpecDifference.text(from: source(old), to: source(new))
            )
        }
        errors.checkUnchanged(new, old, "volumeMode", at: .spec)
    }

    private static func storageClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let json = change.new
        let provisioner = json.string("provisioner")
        errors.checkRequired(json, "provisioner", at: .root)
        if !provisioner.isEmpty {
            errors.invalid(FieldPath("provisioner"), .string(provisioner), NameRules.qualifiedName(provisioner.lowercased()))
        }
        errors.checkChoice(json, "reclaimPolicy", ["Delete", "Retain"], at: .root)
        errors.checkChoice(json, "volumeBindingMode", ["Immediate", "WaitForFirstConsumer"], at: .root)
        guard let old = change.old else { return }
        if json.object("parameters") ?? [:] != old.object("parameters") ?? [:] {
            errors.forbidden(FieldPath("parameters"), "updates to parameters are forbidden.")
        }
        if json["provisioner"] != old["provisioner"] {
            errors.forbidden(FieldPath("provisioner"), "updates to provisioner are forbidden.")
        }
        if json["reclaimPolicy"] != old["reclaimPolicy"] {
            errors.forbidden(FieldPath("reclaimPolicy"), "updates to reclaimPolicy are forbidden.")
        }
        errors.checkUnchanged(json, old, "volumeBindingMode", at: .root)
    }
}
