import KubernetesModel

/// Slices, in which drivers publish their devices or what these share.
enum ResourceSliceRules {
    static func slice(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (spec, path) = (change.spec, FieldPath.spec)
        VolumeSourceRules.driverName(spec, "driver", at: path, &errors)
        pool(spec.object("pool") ?? [:], at: path["pool"], &errors)
        if let old = change.oldSpec {
            errors.checkUnchanged(spec.object("pool") ?? [:], old.object("pool") ?? [:], "name", at: path["pool"])
            for key in ["driver", "nodeName"] { errors.checkUnchanged(spec, old, key, at: path) }
        }
        nodes(spec, &errors)
        if spec.present("sharedCounters") != nil, spec.present("devices") != nil {
            errors.invalid(path, "", "only one of `sharedCounters` or `devices` is allowed")
        }
        devices(spec, replacing: change.oldSpec, &errors)
        errors.checkSet(spec, "sharedCounters", key: "name", atMost: 8, at: path) { set, path, errors in
            DeviceRules.counters(of: set, "name", at: path, &errors)
        }
    }

    private static func pool(_ pool: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        DeviceNames.pool(pool, "name", at: path, &errors)
        let (count, generation) = (pool.int("resourceSliceCount") ?? 0, pool.int("generation") ?? 0)
        if count <= 0 { errors.invalid(path["resourceSliceCount"], JSONValue(count), "must be greater than zero") }
        if generation < 0 { errors.invalid(path["generation"], JSONValue(generation), "must be greater than or equal to zero") }
    }

    /// Where the devices can be used: exactly one way to say it.
    private static func nodes(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        var choice = DeviceNodeChoice(emptyName: "must be either unset or set to a non-empty string")
        choice.read(spec, at: path, &errors)
        if let selector = spec.object("nodeSelector"), selector.objects("nodeSelectorTerms").count != 1 {
            errors.invalid(
                path["nodeSelector"]["nodeSelectorTerms"], selector["nodeSelectorTerms"] ?? .null,
                "must have exactly one node selector term")
        }
        choice.readFlag("perDeviceNodeSelection", of: spec, at: path, &errors)
        let rule = "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required"
        choice.conclude(at: path, missing: rule, several: "\(rule), but multiple fields are set", &errors)
    }

    private static func devices(_ spec: JSONObject, replacing old: JSONObject?, _ errors: inout [FieldError]) {
        let devices = spec.objects("devices")
        let needsMore = devices.contains { device in
            !device.objects("taints").isEmpty || !device.objects("consumesCounters").isEmpty || DeviceRules.hasLists(device)
        }
        let before = Dictionary((old?.objects("devices") ?? []).map { ($0.string("name"), $0) }) { first, _ in first }
        errors.checkSet(spec, "devices", key: "name", atMost: needsMore ? 64 : 128, at: .spec) { device, path, errors in
            DeviceRules.validate(
                device, replacing: before[device.string("name")], choosesNodes: spec.bool("perDeviceNodeSelection"), at: path, &errors)
        }
    }
}

/// Fields of which exactly one says on which nodes devices can be used.
struct DeviceNodeChoice {
    let emptyName: String
    private var chosen: [String] = []

    init(emptyName: String) {
        self.emptyName = emptyName
    }

    mutating func read(_ json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let name = json["nodeName"]?.stringValue {
            if name.isEmpty {
                errors.invalid(path["nodeName"], "", emptyName)
            } else {
                chosen.append("`nodeName`")
                errors.invalid(path["nodeName"], .string(name), NameRules.subdomain(name))
            }
        }
        if let selector = json.object("nodeSelector") {
            chosen.append("`nodeSelector`")
            AffinityRules.nodeSelector(selector, at: path["nodeSelector"], &errors)
        }
        readFlag("allNodes", of: json, at: path, &errors)
    }

    mutating func readFlag(_ key: String, of json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        switch json[key]?.boolValue {
        case true?: chosen.append("`\(key)`")
        case false?: errors.invalid(path[key], false, "must be either unset or set to true")
        case nil: break
        }
    }

    func conclude(at path: FieldPath, missing: String, several: String, _ errors: inout [FieldError]) {
        if chosen.isEmpty { errors.required(path, missing) }
        if chosen.count > 1 { errors.invalid(path, .string("{\(chosen.joined(separator: ", "))}"), several) }
    }
}
