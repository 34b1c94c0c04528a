import KubernetesModel

/// One device of a slice: its attributes, capacities, taints, and where it can be used.
enum DeviceRules {
    private static let mostAttributes = 32
    private static let mostValues = 48

    /// - Parameter old: the device of that name before; what it had is not judged again.
    /// - Parameter choosesNodes: whether each device of the slice says where it can be used.
    static func validate(
        _ device: JSONObject, replacing old: JSONObject?, choosesNodes: Bool, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        errors.invalid(path["name"], .string(device.string("name")), NameRules.label(device.string("name")))
        let (attributes, capacity) = (device.object("attributes") ?? [:], device.object("capacity") ?? [:])
        counts(attributes, capacity, at: path, &errors)
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            DeviceNames.qualified(name, at: path["attributes"], &errors)
            attribute(value.objectValue ?? [:], at: path["attributes"].key(shortened(name)), &errors)
        }
        if old?["capacity"] != device["capacity"] || old == nil {
            let isShared = device.bool("allowMultipleAllocations")
            for (name, value) in capacity.sorted(by: { $0.key < $1.key }) {
                DeviceNames.qualified(name, at: path["capacity"], &errors)
                let path = path["capacity"].key(shortened(name))
                DeviceCapacityRules.validate(value.objectValue ?? [:], isShared: isShared, at: path, &errors)
            }
        }
        if old?["taints"] != device["taints"] || old == nil {
            errors.checkEach(device, "taints", atMost: 16, at: path, DeviceTaints.taint)
        }
        errors.checkSet(device, "consumesCounters", key: "counterSet", atMost: 2, at: path) { consumption, path, errors in
            counters(of: consumption, "counterSet", at: path, &errors)
        }
        nodes(of: device, choosesNodes, at: path, &errors)
        DeviceTaints.bindingConditions(of: device, at: path, &errors)
        allocatable(device.object("nodeAllocatableResourceMappings") ?? [:], capacity, at: path["nodeAllocatableResourceMappings"], &errors)
    }

    // MARK: Attributes

    private static let lists = ["bools", "ints", "strings", "versions"]

    /// Whether an attribute has several values.
    static func hasLists(_ device: JSONObject) -> Bool {
        (device.object("attributes") ?? [:]).values.contains { value in lists.contains { value[$0]?.arrayValue != nil } }
    }

    private static func counts(_ attributes: JSONObject, _ capacity: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let all = attributes.count + capacity.count
        if all > mostAttributes {
            errors.invalid(path, JSONValue(all), "the total number of attributes and capacities must not exceed \(mostAttributes)")
        }
        let values = attributes.values.reduce(0) { sum, value in
            sum + max(1, lists.reduce(0) { $0 + (value[$1]?.arrayValue?.count ?? 0) })
        }
        if values > mostValues {
            errors.invalid(path, JSONValue(values), "the total number of attribute values must not exceed \(mostValues)")
        }
    }

    /// An attribute has one value, or one list of them.
    private static func attribute(_ attribute: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let given = (["bool", "int", "string", "version"] + lists).filter { attribute.present($0) != nil }
        for key in given {
            switch key {
            case "string": text(attribute.string(key), at: path[key], &errors)
            case "version": version(attribute.string(key), at: path[key], &errors)
            case "bools", "ints", "strings", "versions":
                let values = attribute[key]?.arrayValue ?? []
                if values.isEmpty { errors.invalid(path[key], .array([]), "must not be empty if specified") }
                for (index, value) in values.enumerated() {
                    if key == "strings" { text(value.stringValue ?? "", at: path[key][index], &errors) }
                    if key == "versions" { version(value.stringValue ?? "", at: path[key][index], &errors) }
                }
            default: break
            }
        }
        if given.count != 1 { errors.invalid(path, given.isEmpty ? "" : .object(attribute), "exactly one value must be specified") }
    }

    private static func text(_ text: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if text.utf8.count > 64 { errors.append(.tooLong(path, maximumBytes: 64)) }
    }

    private static func version(_ text: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if let semanticVersion, !semanticVersion.matches(text) {
            errors.invalid(path, .string(text), "must be a string compatible with semver.org spec 2.0.0")
        }
        self.text(text, at: path, &errors)
    }

    /// By semver.org: three numbers, what comes before a release, and what tells builds apart.
    private static let semanticVersion: RegularExpression? = {
        let (number, build) = (#"(0|[1-9]\d*)"#, "[0-9a-zA-Z-]+")
        let early = #"(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)"#
        return try? RegularExpression(
            #"^\#(number)\.\#(number)\.\#(number)(-\#(early)(\.\#(early))*)?(\+\#(build)(\.\#(build))*)?$"#)
    }()

    /// A key of a map in a path: what is too long to be valid is cut in its middle.
    private static func shortened(_ name: String) -> String {
        let limit = 63 + 1 + 32
        guard name.utf8.count > limit else { return name }
        let kept = limit - 3
        return String(decoding: name.utf8.prefix((kept + 1) / 2), as: UTF8.self) + "..."
            + String(decoding: name.utf8.suffix(kept / 2), as: UTF8.self)
    }

    // MARK: Counters

    /// Named counters, of a set or of what a device takes from one.
    static func counters(of json: JSONObject, _ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkRequiredText(json, name, NameRules.label, at: path)
        let counters = json.object("counters") ?? [:]
        if counters.isEmpty { return errors.required(path["counters"]) }
        guard errors.checkCount(counters.count, atMost: 32, at: path["counters"]) else { return }
        for name in counters.keys.sorted() { errors.invalid(path["counters"], .string(name), NameRules.label(name)) }
    }

    // MARK: Nodes

    private static func nodes(of device: JSONObject, _ choosesNodes: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        guard choosesNodes else {
            if ["nodeName", "nodeSelector", "allNodes"].contains(where: { device.present($0) != nil }) {
                let rule = "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true"
                errors.invalid(path, .null, "\(rule) in the ResourceSlice spec")
            }
            return
        }
        var choice = DeviceNodeChoice(emptyName: "must not be empty")
        choice.read(device, at: path, &errors)
        let rule = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true"
        choice.conclude(
            at: path, missing: "\(rule) in the ResourceSlice spec", several: "\(rule) in the ResourceSlice spec", &errors)
    }

    /// What of a node's own resources a device takes with it.
    private static func allocatable(_ mappings: JSONObject, _ capacity: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (name, mapping) in mappings.sorted(by: { $0.key < $1.key }) {
            let (path, mapping) = (path.key(name), mapping.objectValue ?? [:])
            if !["cpu", "memory", "ephemeral-storage"].contains(name), !name.hasPrefix("hugepages-") {
                errors.invalid(path, .string(name), "must be a node allocatable resource name")
            }
            if let key = mapping["capacityKey"]?.stringValue, capacity[key] == nil {
                errors.append(.notFound(path["capacityKey"], .string(key)))
            }
            if let factor = Quantity(mapping["allocationMultiplier"]), factor <= .zero {
                errors.invalid(path["allocationMultiplier"], factor.json, "must be positive")
            }
        }
    }
}
