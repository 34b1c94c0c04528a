import KubernetesModel

/// Claims of storage.
enum ClaimRules {
    static func claim(_ change: ObjectChange, _ errors: inout [FieldError]) {
        validate(change.spec, at: .spec, &errors)
        if let old = change.old { update(change.new, old, &errors) }
    }

    static func validate(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if spec.strings("accessModes").isEmpty { errors.required(path["accessModes"], "at least 1 access mode is required") }
        if let selector = spec.object("selector") { SelectorRules.validate(selector, at: path["selector"], &errors) }
        AccessModes.validate(spec.strings("accessModes"), at: path["accessModes"], &errors)
        let storage = path["resources"].key("storage")
        if let size = (spec.object("resources")?.quantities("requests") ?? [:])["storage"] {
            if size.isZero || size.isNegative { errors.invalid(storage, size.json, "must be greater than zero") }
        } else {
            errors.required(storage)
        }
        errors.checkText(spec, "storageClassName", NameRules.subdomain, at: path)
        errors.checkChoice(spec, "volumeMode", ["Block", "Filesystem"], at: path)
        sources(spec, at: path, &errors)
        errors.checkText(spec, "volumeAttributesClassName", NameRules.subdomain, at: path)
    }

    /// What a claim's volume is filled with at first: two fields for one thing, of which the newer may name a namespace.
    private static func sources(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["dataSource", "dataSourceRef"] {
            guard let source = spec.object(key) else { continue }
            let path = path[key]
            errors.checkRequired(source, "name", at: path)
            errors.checkRequired(source, "kind", at: path)
            if source.string("apiGroup").isEmpty, source.string("kind") != "PersistentVolumeClaim" {
                errors.invalid(
                    path, .string(source.string("kind")), "must be 'PersistentVolumeClaim' when referencing the default apiGroup")
            }
            errors.checkText(source, "apiGroup", NameRules.subdomain, at: path)
            if key == "dataSourceRef" { errors.checkText(source, "namespace", NameRules.label, at: path) }
        }
        guard let old = spec.object("dataSource"), let new = spec.object("dataSourceRef") else { return }
        let value = JSONValue.string(path["dataSource"].description)
        if !new.string("namespace").isEmpty {
            errors.invalid(path, value, "may not be specified when dataSourceRef.namespace is specified")
        } else if ["apiGroup", "kind", "name"].contains(where: { old.present($0) != new.present($0) }) {
            errors.invalid(path, value, "must match dataSourceRef")
        }
    }

    // MARK: Updates

    private static func update(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let (spec, before) = (new.object("spec") ?? [:], old.object("spec") ?? [:])
        let isBound = new.object("status")?.string("phase") == "Bound"
        annotation(new, old, &errors)
        let (frozen, wanted) = compared(spec, before, isBound: isBound)
        if frozen != wanted {
            errors.forbidden(
                .spec,
                "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n"
                    + SpecDifference.text(from: frozen, to: wanted)
            )
        }
        size(spec, before, old.object("status") ?? [:], &errors)
        errors.checkUnchanged(spec, before, "volumeMode", at: .root)
        attributes(spec, before, &errors)
    }

    private static let classAnnotation = "volume.beta.kubernetes.io/storage-class"

    private static func annotation(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        func name(_ claim: JSONObject) -> String { claim.object("metadata")?.object("annotations")?.string(classAnnotation) ?? "" }
        guard name(new) != name(old) else { return }
        errors.invalid(FieldPath.metadata["annotations"][classAnnotation], .string(name(new)), "field is immutable")
    }

    /// Both specifications without what may differ: a claim without volume or class may get one, a bound one may grow.
    private static func compared(_ new: JSONObject, _ old: JSONObject, isBound: Bool) -> (JSONObject, JSONObject) {
        var (frozen, wanted) = (old, new)
        if old.string("volumeName").isEmpty { frozen["volumeName"] = wanted["volumeName"] }
        if old.present("storageClassName") == nil, new.present("storageClassName") != nil {
            frozen["storageClassName"] = wanted["storageClassName"]
        }
        if isBound {
            let size = old.object("resources")?.object("requests")?["storage"]
            wanted.modify("resources") { $0.modify("requests") { $0["storage"] = size } }
            if new.present("volumeAttributesClassName") != nil { wanted["volumeAttributesClassName"] = old["volumeAttributesClassName"] }
        }
        return (frozen.filter { $1 != .null }, wanted.filter { $1 != .null })
    }

    /// A claim may ask for less again, but not for less than there is.
    private static func size(_ new: JSONObject, _ old: JSONObject, _ status: JSONObject, _ errors: inout [FieldError]) {
        func requested(_ spec: JSONObject) -> Quantity { spec.object("resources")?.quantities("requests")["storage"] ?? .zero }
        let (size, given) = (requested(new), status.quantities("capacity")["storage"] ?? .zero)
        guard size < requested(old), !(given < size) else { return }
        errors.forbidden(.spec["resources"]["requests"]["storage"], "field can not be less than status.capacity")
    }

    private static func attributes(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let key = "volumeAttributesClassName"
        guard let before = old.present(key), before != new.present(key) else { return }
        if new.present(key) == nil {
            errors.forbidden(.spec[key], "update from non-nil value to nil is forbidden")
        } else if new.string(key).isEmpty {
            errors.forbidden(.spec[key], "update from non-nil value to an empty string is forbidden")
        }
    }
}

/// How volumes may be used, and by how many at once.
enum AccessModes {
    private static let supported = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]

    static func validate(_ modes: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        for mode in modes where !supported.contains(mode) { errors.append(.notSupported(path, .string(mode), supported)) }
        if modes.contains("ReadWriteOncePod"), modes.contains(where: { $0 != "ReadWriteOncePod" && supported.contains($0) }) {
            errors.forbidden(path, "may not use ReadWriteOncePod with other access modes")
        }
    }
}
