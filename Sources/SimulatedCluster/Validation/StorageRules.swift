import KubernetesModel

/// Classes of storage, and what drivers, their nodes and attachments say of themselves.
enum StorageRules {
    static func node(_ change: ObjectChange, _ errors: inout [FieldError]) {
        nodeDrivers(change.spec.objects("drivers"), &errors)
        if let old = change.oldSpec { nodeUpdate(change.spec, old, &errors) }
    }

    static func driver(_ change: ObjectChange, _ errors: inout [FieldError]) {
        driver(change.spec, &errors)
        guard let old = change.oldSpec else { return }
        // The name in this path is spelt otherwise than the field.
        if change.spec.present("attachRequired") != old.present("attachRequired") {
            errors.invalid(.spec["attachedRequired"], change.spec.present("attachRequired"), "field is immutable")
        }
        errors.checkUnchanged(change.spec, old, "volumeLifecycleModes", at: .spec)
    }

    // MARK: Classes

    static func storageClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let json = change.new
        if let old = change.old {
            frozen(["parameters", "provisioner", "reclaimPolicy"], json, old, &errors)
            return errors.checkUnchanged(json, old, "volumeBindingMode", at: .root)
        }
        provisioner(json, "provisioner", &errors)
        parameters(json.object("parameters") ?? [:], isRequired: false, &errors)
        errors.checkChoice(json, "reclaimPolicy", ["Delete", "Retain"], at: .root)
        errors.checkChoice(json, "volumeBindingMode", ["Immediate", "WaitForFirstConsumer"], at: .root, isRequired: true)
        topologies(json.objects("allowedTopologies"), at: FieldPath("allowedTopologies"), &errors)
    }

    static func attributesClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if let old = change.old { frozen(["driverName", "parameters"], change.new, old, &errors) }
        provisioner(change.new, "driverName", &errors)
        parameters(change.new.object("parameters") ?? [:], isRequired: true, &errors)
    }

    private static func frozen(_ keys: [String], _ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        for key in keys where new.present(key) != old.present(key) {
            errors.forbidden(FieldPath(key), "updates to \(key) are forbidden.")
        }
    }

    private static func provisioner(_ json: JSONObject, _ key: String, _ errors: inout [FieldError]) {
        errors.checkRequired(json, key, at: .root)
        errors.checkText(json, key, { NameRules.qualifiedName($0.lowercased()) }, at: .root)
    }

    private static let mostParameters = 512
    private static let mostParameterBytes = 256 * 1024

    private static func parameters(_ parameters: JSONObject, isRequired: Bool, _ errors: inout [FieldError]) {
        let path = FieldPath("parameters")
        if parameters.count > mostParameters { return errors.append(.tooLong(path, maximumBytes: mostParameters)) }
        if isRequired, parameters.isEmpty { return errors.required(path, "must contain at least one key/value pair") }
        if parameters[""] != nil { errors.invalid(path, "", "field can not be empty.") }
        let size = parameters.reduce(0) { $0 + $1.key.utf8.count + ($1.value.stringValue?.utf8.count ?? 0) }
        if size > mostParameterBytes { errors.append(.tooLong(path, maximumBytes: mostParameterBytes)) }
    }

    private static func topologies(_ terms: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var known: [[String: Set<String>]] = []
        for (index, term) in terms.enumerated() {
            let path = path[index]["matchLabelExpressions"]
            var byKey: [String: Set<String>] = [:]
            for (position, requirement) in term.objects("matchLabelExpressions").enumerated() {
                let (path, key, values) = (path[position], requirement.string("key"), requirement.strings("values"))
                if values.isEmpty { errors.required(path["values"]) }
                var seen: Set<String> = []
                for (place, value) in values.enumerated() { errors.checkUnique(value, &seen, at: path["values"][place]) }
                errors.invalid(path["key"], .string(key), NameRules.qualifiedName(key))
                if byKey[key] != nil { errors.append(.duplicate(path["key"], .string(key))) }
                byKey[key] = seen
            }
            if known.contains(byKey) { errors.append(.duplicate(path, "")) }
            known.append(byKey)
        }
    }

    // MARK: Attachments

    static func attachment(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        errors.checkRequired(spec, "attacher", at: .spec)
        attached(spec.object("source") ?? [:], at: .spec["source"], &errors)
        errors.invalid(.spec["nodeName"], .string(spec.string("nodeName")), NameRules.subdomain(spec.string("nodeName")))
        if let old = change.oldSpec {
            if old != spec { errors.invalid(.spec, .object(spec), "field is immutable") }
            return
        }
        VolumeSourceRules.driverName(spec, "attacher", at: .spec, &errors)
        errors.checkText(spec.object("source") ?? [:], "persistentVolumeName", NameRules.subdomain, at: .spec["source"])
    }

    private static func attached(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let detail = "must specify exactly one of inlineVolumeSpec and persistentVolumeName"
        switch (source.object("inlineVolumeSpec"), source["persistentVolumeName"]?.stringValue) {
        case (nil, nil): errors.required(path, detail)
        case (_?, _?): errors.forbidden(path, detail)
        case (nil, let name?):
            if name.isEmpty { errors.required(path["persistentVolumeName"], "must specify non empty persistentVolumeName") }
        case (let spec?, nil):
            PersistentVolumeRules(name: "", isInline: true).validate(spec, at: path["inlineVolumeSpec"], &errors)
        }
    }

    // MARK: Drivers

    private static func nodeDrivers(_ drivers: [JSONObject], _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, driver) in drivers.enumerated() {
            let (path, node) = (FieldPath.spec["drivers"][index], driver.string("nodeID"))
            VolumeSourceRules.driverName(driver, "name", at: path, &errors)
            if node.isEmpty { errors.required(path["nodeID"]) }
            if node.utf8.count > 192 { errors.invalid(path["nodeID"], .string(node), "must be 192 characters or less") }
            errors.checkNonnegative(driver.object("allocatable") ?? [:], "count", at: path["allocatable"])
            errors.checkUnique(driver.string("name"), &names, at: path["name"])
            var keys: Set<String> = []
            for key in driver.strings("topologyKeys") {
                if key.isEmpty { errors.required(path) }
                errors.checkUnique(key, &keys, at: path)
                errors.invalid(path, .string(key), NameRules.qualifiedName(key))
            }
        }
    }

    /// A driver may change how many volumes a node takes, and nothing else.
    private static func nodeUpdate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        func fixed(_ driver: JSONObject) -> JSONObject { driver.filter { key, value in key != "allocatable" && value != .null } }
        for before in old.objects("drivers") {
            for after in new.objects("drivers") where after.string("name") == before.string("name") && fixed(after) != fixed(before) {
                errors.invalid(.spec["drivers"], .object(fixed(after)), "field is immutable")
            }
        }
    }

    private static func driver(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        for (key, name) in [
            ("attachRequired", "attachedRequired"), ("podInfoOnMount", "podInfoOnMount"), ("storageCapacity", "storageCapacity"),
        ]
        where spec.present(key) == nil { errors.required(path[name]) }
        errors.checkChoice(spec, "fsGroupPolicy", ["File", "None", "ReadWriteOnceWithFSType"], at: path)
        var audiences: Set<String> = []
        for (index, request) in spec.objects("tokenRequests").enumerated() {
            let path = path["tokenRequests"][index]
            guard audiences.insert(request.string("audience")).inserted else {
                errors.append(.duplicate(path["audience"], .string(request.string("audience"))))
                continue
            }
            TokenLifetime.check(request, at: path, &errors)
        }
        for mode in spec.strings("volumeLifecycleModes") where !["Persistent", "Ephemeral"].contains(mode) {
            errors.append(.notSupported(path["volumeLifecycleModes"], .string(mode), ["Persistent", "Ephemeral"]))
        }
        if spec.present("seLinuxMount") == nil { errors.required(path["seLinuxMount"]) }
        if let seconds = spec.int("nodeAllocatableUpdatePeriodSeconds"), seconds < 10 {
            errors.invalid(
                path["nodeAllocatableUpdatePeriodSeconds"], JSONValue(seconds), "must be greater than or equal to 10 seconds")
        }
    }

    static func capacity(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let json = change.new
        if let old = change.old {
            for key in ["nodeTopology", "storageClassName"] { errors.checkUnchanged(json, old, key, at: .root) }
            return
        }
        SelectorRules.validate(json.object("nodeTopology") ?? [:], at: FieldPath("nodeTopology"), &errors)
        let name = json.string("storageClassName")
        errors.invalid(FieldPath("storageClassName"), .string(name), NameRules.subdomain(name))
        if let amount = Quantity(json["capacity"]), amount.isNegative {
            errors.invalid(FieldPath("capacity"), amount.json, "must be greater than or equal to 0")
        }
    }
}
