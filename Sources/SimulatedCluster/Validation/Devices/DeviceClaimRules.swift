import KubernetesModel

/// Claims for devices, templates of such claims, and the classes they name (`pkg/apis/resource/validation`).
enum DeviceClaimRules {
    static func claim(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if let old = change.oldSpec { return frozen(change.spec, old, &errors) }
        devices(of: change.spec, at: .spec, &errors)
    }

    static func template(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if let old = change.oldSpec { return frozen(change.spec, old, &errors) }
        let metadata = change.spec.object("metadata") ?? [:]
        MetadataRules.labels(metadata.object("labels") ?? [:], at: .spec["metadata"]["labels"], &errors)
        MetadataRules.annotations(metadata.object("annotations") ?? [:], at: .spec["metadata"]["annotations"], &errors)
        devices(of: change.spec.object("spec") ?? [:], at: .spec["spec"], &errors)
    }

    private static func frozen(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        if new != old { errors.invalid(.spec, .object(new), "field is immutable") }
    }

    static func deviceClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        selectors(of: change.spec, at: .spec, &errors)
        errors.checkEach(change.spec, "config", atMost: 32, at: .spec, configuration)
        let name = change.spec["extendedResourceName"]?.stringValue
        if let name, !ResourceNames.isExtended(name) {
            errors.invalid(.spec["extendedResourceName"], .string(name), "must be a valid extended resource name")
        }
    }

    private static func devices(of spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (devices, path) = (spec.object("devices") ?? [:], path["devices"])
        let requests = DeviceRequestNames(of: devices)
        errors.checkSet(devices, "requests", key: "name", atMost: 32, at: path, request)
        errors.checkEach(devices, "constraints", atMost: 32, at: path) { constraint, path, errors in
            requests.check(constraint, at: path, &errors)
            self.constraint(constraint, at: path, &errors)
        }
        errors.checkEach(devices, "config", atMost: 32, at: path) { config, path, errors in
            requests.check(config, at: path, &errors)
            configuration(config, at: path, &errors)
        }
    }

    // MARK: Requests

    private static func request(_ request: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.invalid(path["name"], .string(request.string("name")), NameRules.label(request.string("name")))
        switch (request.object("exactly"), request.objects("firstAvailable").isEmpty) {
        case (nil, true): errors.required(path, "exactly one of `exactly` or `firstAvailable` is required")
        case (_?, false):
            errors.invalid(path, .null, "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set")
        case (let exactly?, true): wish(exactly, at: path["exactly"], &errors)
        case (nil, false):
            errors.checkSet(request, "firstAvailable", key: "name", atMost: 8, at: path) { wish, path, errors in
                errors.invalid(path["name"], .string(wish.string("name")), NameRules.label(wish.string("name")))
                self.wish(wish, at: path, &errors)
            }
        }
    }

    /// Which devices, and how many of them.
    private static func wish(_ wish: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkRequiredText(wish, "deviceClassName", NameRules.subdomain, at: path)
        selectors(of: wish, at: path, &errors)
        let (mode, count) = (wish.string("allocationMode"), wish.int("count") ?? 0)
        switch mode {
        case "All":
            if count != 0 { errors.invalid(path["count"], JSONValue(count), "must not be specified when allocationMode is 'All'") }
        case "ExactCount": if count <= 0 { errors.invalid(path["count"], JSONValue(count), "must be greater than zero") }
        default: errors.append(.notSupported(path["allocationMode"], .string(mode), ["All", "ExactCount"]))
        }
        errors.checkEach(wish, "tolerations", atMost: 16, at: path, DeviceTaints.toleration)
    }

    private static func selectors(of json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkEach(json, "selectors", atMost: 32, at: path) { selector, path, errors in
            guard let cel = selector.object("cel") else { return errors.required(path["cel"]) }
            guard cel.string("expression").utf8.count <= 10 * 1024 else {
                return errors.append(.tooLong(path["cel"]["expression"], maximumBytes: 10 * 1024))
            }
            AdmissionConditions.expression(cel, "expression", missing: "", at: path["cel"], &errors)
        }
    }

    private static func constraint(_ constraint: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["matchAttribute", "distinctAttribute"] {
            guard let name = constraint[key]?.stringValue else { continue }
            return DeviceNames.fullyQualified(name, at: path[key], &errors)
        }
        errors.required(path, #"exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set"#)
    }

    // MARK: Configuration

    static func configuration(_ config: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let opaque = config.object("opaque") else { return errors.required(path["opaque"]) }
        VolumeSourceRules.driverName(opaque, "driver", at: path["opaque"], &errors)
        parameters(opaque.present("parameters"), at: path["opaque"]["parameters"], &errors)
    }

    /// What only a driver understands: any object of bounded size.
    static func parameters(_ value: JSONValue?, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let value else { return errors.required(path) }
        if JSONWriter.compact(value).count > 10 * 1024 { return errors.append(.tooLong(path, maximumBytes: 10 * 1024)) }
        if value.objectValue == nil { errors.invalid(path, "<value omitted>", "must be a valid JSON object") }
    }
}

/// The requests of a claim, by whose names its other parts refer to them.
struct DeviceRequestNames {
    private let names: Set<String>

    init(of devices: JSONObject) {
        names = devices.objects("requests").reduce(into: []) { names, request in
            let name = request.string("name")
            names.insert(name)
            for choice in request.objects("firstAvailable") { names.insert("\(name)/\(choice.string("name"))") }
        }
    }

    /// What `json` names in its list `requests`.
    func check(_ json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (named, path) = (json.strings("requests"), path["requests"])
        guard errors.checkCount(named.count, atMost: 32, at: path) else { return }
        for (index, name) in named.enumerated() { check(name, at: path[index], &errors) }
        var seen: Set<String> = []
        for (index, name) in named.enumerated() { errors.checkUnique(name, &seen, at: path[index]) }
    }

    func check(_ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count <= 2 {
            for part in parts { errors.invalid(path, .string(part), NameRules.label(part)) }
        }
        guard !names.contains(name) else { return }
        errors.invalid(
            path, .string(name), "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'")
    }
}
