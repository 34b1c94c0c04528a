import KubernetesModel

/// Configuration, nodes, namespaces, quotas and limits.
enum CoreRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind("ConfigMap"): { change, errors in
            keys(change.new, lists: ["data", "binaryData"], &errors)
            frozen(change, fields: ["data", "binaryData"], &errors)
        },
        GroupKind("Secret"): { change, errors in secret(change, &errors) },
        GroupKind("Node"): { change, errors in node(change, &errors) },
        GroupKind("ResourceQuota"): { change, errors in quota(change.spec, &errors) },
        GroupKind("LimitRange"): { change, errors in limitRange(change.spec, &errors) },
        GroupKind("Endpoints"): { change, errors in endpoints(change.new, &errors) },
    ]

    private static let maximumBytes = 1024 * 1024

    private static func keys(_ json: JSONObject, lists: [String], _ errors: inout [FieldError]) {
        var size = 0
        for list in lists {
            for (key, value) in (json.object(list) ?? [:]).sorted(by: { $0.key < $1.key }) {
                errors.invalid(FieldPath(list).key(key), .string(key), Names.configKey(key))
                if list == "binaryData", json.object("data")?[key] != nil {
                    errors.invalid(FieldPath("data").key(key), .string(key), "duplicate of key present in binaryData")
                }
                size += value.stringValue?.utf8.count ?? 0
            }
        }
        if size > maximumBytes { errors.append(.tooLong(.root, maximumBytes: maximumBytes)) }
    }

    private static func frozen(_ change: ObjectChange, fields: [String], _ errors: inout [FieldError]) {
        guard let old = change.old, old.bool("immutable") else { return }
        if !change.new.bool("immutable") {
            errors.forbidden(FieldPath("immutable"), "field is immutable when `immutable` is set")
        }
        for field in fields where change.new.object(field) ?? [:] != old.object(field) ?? [:] {
            errors.forbidden(FieldPath(field), "field is immutable when `immutable` is set")
        }
    }

    /// The keys that secrets of a type must have.
    private static let requiredKeys = [
        "kubernetes.io/dockercfg": [".dockercfg"], "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
        "kubernetes.io/ssh-auth": ["ssh-privatekey"], "kubernetes.io/tls": ["tls.crt", "tls.key"],
    ]

    private static func secret(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let secret = change.new
        let data = secret.object("data") ?? [:]
        keys(secret, lists: ["data"], &errors)
        let type = secret.string("type")
        if type == "kubernetes.io/basic-auth", data.present("username") == nil, data.present("password") == nil {
            for key in ["username", "password"] { errors.required(FieldPath("data").key(key)) }
        }
        for key in requiredKeys[type] ?? [] where data.present(key) == nil { errors.required(FieldPath("data").key(key)) }
        if type == "kubernetes.io/service-account-token" {
            let account = secret.object("metadata")?.object("annotations")?.string("kubernetes.io/service-account.name") ?? ""
            if account.isEmpty { errors.required(FieldPath.metadata["annotations"].key("kubernetes.io/service-account.name")) }
        }
        if let old = change.old, old.string("type") != type {
            errors.invalid(FieldPath("type"), .string(type), "field is immutable")
        }
        frozen(change, fields: ["data"], &errors)
    }

    private static func node(_ change: ObjectChange, _ errors: inout [FieldError]) {
        var seen: Set<String> = []
        for (index, taint) in change.spec.objects("taints").enumerated() {
            let path = FieldPath.spec["taints"][index]
            errors.invalid(path["key"], taint["key"] ?? "", NameRules.qualifiedName(taint.string("key")))
            errors.invalid(path["value"], taint["value"], NameRules.labelValue(taint.string("value")))
            errors.checkChoice(taint, "effect", ["NoExecute", "NoSchedule", "PreferNoSchedule"], at: path, isRequired: true)
            if !seen.insert("\(taint.string("key")):\(taint.string("effect"))").inserted {
                errors.append(.duplicate(path, .object(taint)))
            }
        }
        guard let old = change.oldSpec else { return }
        let path = FieldPath.spec
        if let before = old["podCIDR"]?.stringValue, !before.isEmpty, change.spec.string("podCIDR") != before {
            errors.forbidden(path["podCIDRs"], "node updates may not change podCIDR except from \"\" to valid")
        }
        if let before = old["providerID"]?.stringValue, !before.isEmpty, change.spec.string("providerID") != before {
            errors.forbidden(path["providerID"], "node updates may not change providerID except from \"\" to valid")
        }
    }

    private static func quota(_ spec: JSONObject, _ errors: inout [FieldError]) {
        for (name, value) in (spec.object("hard") ?? [:]).sorted(by: { $0.key < $1.key }) {
            let path = FieldPath.spec["hard"].key(name)
            errors.invalid(path, .string(name), NameRules.qualifiedName(name))
            if !name.contains("/"), !QuotaNames.isStandard(name) {
                errors.invalid(path, .string(name), "must be a standard resource for quota")
            }
            guard let quantity = Quantity(value) else { continue }
            if quantity.isNegative { errors.invalid(path, quantity.json, "must be greater than or equal to 0") }
            if QuotaNames.isCount(name), quantity.json.stringValue?.hasSuffix("m") == true {
                errors.invalid(path, quantity.json, "must be an integer")
            }
        }
        scopes(spec, &errors)
    }

    private static let scopeNames: Set = [
        "BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass",
    ]

    private static func scopes(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec["scopes"]
        let scopes = spec.strings("scopes")
        for scope in scopes {
            if !scopeNames.contains(scope) { errors.invalid(path, spec["scopes"], "unsupported scope") }
            for name in (spec.object("hard") ?? [:]).keys where scope == "BestEffort" && name != "pods" && !name.contains("/") {
                errors.invalid(path, spec["scopes"], "unsupported scope applied to resource")
            }
        }
        for pair in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]] where pair.allSatisfy(scopes.contains) {
            errors.invalid(path, spec["scopes"], "conflicting scopes")
        }
        let selector = FieldPath.spec["scopeSelector"]["matchExpressions"]
        for requirement in spec.object("scopeSelector")?.objects("matchExpressions") ?? [] {
            let path = selector["scopeName"]
            if !scopeNames.contains(requirement.string("scopeName")) {
                errors.invalid(path, requirement["scopeName"], "unsupported scope")
            }
            switch requirement.string("operator") {
            case "In", "NotIn":
                if requirement.strings("values").isEmpty {
                    errors.required(selector["values"], "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")
                }
            case "Exists", "DoesNotExist":
                if !requirement.strings("values").isEmpty {
                    errors.invalid(
                        selector["values"], requirement["values"], "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"
                    )
                }
            default: errors.invalid(selector["operator"], requirement["operator"], "not a valid selector operator")
            }
        }
    }

    private static func limitRange(_ spec: JSONObject, _ errors: inout [FieldError]) {
        for (index, item) in spec.objects("limits").enumerated() {
            let path = FieldPath.spec["limits"][index]
            let (least, most) = (item.quantities("min"), item.quantities("max"))
            if item.string("type") == "Pod" {
                for key in ["default", "defaultRequest"] where item.object(key)?.isEmpty == false {
                    errors.forbidden(path[key], "may not be specified when `type` is 'Pod'")
                }
            }
            for (name, bound) in most.sorted(by: { $0.key < $1.key }) {
                if let low = least[name], bound < low {
                    errors.invalid(path["min"].key(name), low.json, "min value \(low) is greater than max value \(bound)")
                }
                for key in ["defaultRequest", "default"] {
                    guard let value = item.quantities(key)[name], bound < value else { continue }
                    let word = key == "default" ? "default" : "default request"
                    errors.invalid(path[key].key(name), value.json, "\(word) value \(value) is greater than max value \(bound)")
                }
            }
        }
    }

    private static func endpoints(_ json: JSONObject, _ errors: inout [FieldError]) {
        for (index, subset) in json.objects("subsets").enumerated() {
            let path = FieldPath("subsets")[index]
            for (position, address) in subset.objects("addresses").enumerated() where !AddressRules.isIP(address.string("ip")) {
                errors.invalid(path["addresses"][position]["ip"], address["ip"] ?? "", AddressRules.message)
            }
        }
    }
}
