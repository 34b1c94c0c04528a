import KubernetesModel

/// Quotas: what they limit, and for which pods.
enum QuotaRules {
    static func quota(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        amounts(spec, "hard", at: .spec, &errors)
        scopes(spec, &errors)
        selector(spec, &errors)
        if let old = change.oldSpec, Set(old.strings("scopes")) != Set(spec.strings("scopes")) {
            errors.invalid(.spec["scopes"], spec.present("scopes"), "field is immutable")
        }
    }

    static func status(_ change: ObjectChange, _ errors: inout [FieldError]) {
        for list in ["hard", "used"] { amounts(change.status, list, at: .status, &errors) }
    }

    private static func amounts(_ json: JSONObject, _ list: String, at path: FieldPath, _ errors: inout [FieldError]) {
        for (name, amount) in json.quantities(list).sorted(by: { $0.key < $1.key }) {
            let path = path[list].key(name)
            errors.invalid(path, .string(name), ResourceNames.problems(inQuota: name))
            ResourceRules.amount(amount, of: name, at: path, &errors)
        }
    }

    private static let scopeNames: Set = [
        "BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating",
        "VolumeAttributesClass",
    ]
    private static let computing: Set = ["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"]

    /// Whether what a scope selects has such a resource.
    private static func isValid(_ scope: String, for resource: String) -> Bool {
        switch scope {
        case "BestEffort": resource == "pods"
        case "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating":
            resource == "pods" || computing.contains(resource)
        case "VolumeAttributesClass": ["persistentvolumeclaims", "requests.storage"].contains(resource)
        default: true
        }
    }

    private static func mismatches(_ spec: JSONObject, _ scope: String) -> Int {
        (spec.object("hard") ?? [:]).keys.filter { QuotaNames.isStandard($0) && !isValid(scope, for: $0) }.count
    }

    private static func conflicts(_ scopes: [String], at path: FieldPath, _ value: JSONValue?, _ errors: inout [FieldError]) {
        for pair in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]] where pair.allSatisfy(scopes.contains) {
            errors.invalid(path, value, "conflicting scopes")
        }
    }

    private static func scopes(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let (path, scopes) = (FieldPath.spec["scopes"], spec.strings("scopes"))
        for scope in scopes {
            if !scopeNames.contains(scope) { errors.invalid(path, spec["scopes"], "unsupported scope") }
            for _ in 0..<mismatches(spec, scope) { errors.invalid(path, spec["scopes"], "unsupported scope applied to resource") }
        }
        conflicts(scopes, at: path, spec["scopes"], &errors)
    }

    private static let needsExists: Set = ["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "Terminating"]
    private static let existsMessage =
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
        + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity"

    private static func selector(_ spec: JSONObject, _ errors: inout [FieldError]) {
        guard let selector = spec.object("scopeSelector") else { return }
        let path = FieldPath.spec["scopeSelector"]["matchExpressions"]
        let requirements = selector.objects("matchExpressions")
        for requirement in requirements {
            let (scope, operation) = (requirement.string("scopeName"), requirement.string("operator"))
            if !scopeNames.contains(scope) { errors.invalid(path["scopeName"], .string(scope), "unsupported scope") }
            for _ in 0..<mismatches(spec, scope) {
                errors.invalid(path, .object(selector), "unsupported scope applied to resource")
            }
            if needsExists.contains(scope), operation != "Exists" { errors.invalid(path["operator"], .string(operation), existsMessage) }
            values(of: requirement, operation, at: path, &errors)
        }
        conflicts(requirements.map { $0.string("scopeName") }, at: path, spec["scopes"], &errors)
    }

    private static func values(
        of requirement: JSONObject, _ operation: String, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        let values = requirement.strings("values")
        switch operation {
        case "In", "NotIn":
            if values.isEmpty {
                errors.required(path["values"], "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")
            }
        case "Exists", "DoesNotExist":
            if !values.isEmpty {
                errors.invalid(
                    path["values"], JSONValue(values), "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"
                )
            }
        default: errors.invalid(path["operator"], .string(operation), "not a valid selector operator")
        }
    }
}
