import KubernetesModel

/// What a job makes of the ends of its pods: policies for failure, success and replacement.
enum JobPolicyRules {
    private static let actions = ["Count", "FailIndex", "FailJob", "Ignore"]
    private static let operators = ["In", "NotIn"]
    private static let statuses = ["False", "True", "Unknown"]
    private static let mostRules = 20
    private static let mostCodes = 255

    static func validate(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let isIndexed = spec.string("completionMode") == "Indexed"
        for key in ["backoffLimitPerIndex", "maxFailedIndexes"] {
            guard !isIndexed, let limit = spec.present(key) else { continue }
            errors.invalid(path[key], limit, "requires indexed completion mode")
        }
        if let policy = spec.object("podFailurePolicy") { failure(policy, of: spec, at: path["podFailurePolicy"]["rules"], &errors) }
        if let policy = spec.object("successPolicy") {
            if isIndexed {
                success(policy, of: spec, at: path["successPolicy"]["rules"], &errors)
            } else {
                errors.invalid(path["successPolicy"], .object(policy), "requires indexed completion mode")
            }
        }
        let replacements = spec.object("podFailurePolicy") == nil ? ["Failed", "TerminatingOrFailed"] : ["Failed"]
        errors.checkChoice(spec, "podReplacementPolicy", replacements, at: path)
    }

    // MARK: Failure

    private static func failure(_ policy: JSONObject, of spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let rules = policy.objects("rules")
        if rules.count > mostRules { errors.append(.tooMany(path, rules.count, maximum: mostRules)) }
        let pod = spec.object("template")?.object("spec") ?? [:]
        let containers = (pod.objects("containers") + pod.objects("initContainers")).map { $0.string("name") }
        for (index, rule) in rules.enumerated() {
            action(rule.string("action"), of: spec, at: path[index]["action"], &errors)
            let (codes, conditions) = (rule.object("onExitCodes"), rule.objects("onPodConditions"))
            if let codes { exitCodes(codes, containers, at: path[index]["onExitCodes"], &errors) }
            self.conditions(conditions, at: path[index]["onPodConditions"], &errors)
            if codes != nil, !conditions.isEmpty {
                errors.invalid(path[index], "specifying both OnExitCodes and OnPodConditions is not supported")
            }
            if codes == nil, conditions.isEmpty {
                errors.invalid(path[index], "specifying one of OnExitCodes and OnPodConditions is required")
            }
        }
    }

    private static func action(_ action: String, of spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if action.isEmpty {
            errors.required(path, valid(actions))
        } else if action == "FailIndex" {
            if spec.present("backoffLimitPerIndex") == nil {
                errors.invalid(path, .string(action), "requires the backoffLimitPerIndex to be set")
            }
        } else if !actions.contains(action) {
            errors.append(.notSupported(path, .string(action), actions))
        }
    }

    private static func exitCodes(_ codes: JSONObject, _ containers: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        choice(codes.string("operator"), operators, at: path["operator"], &errors)
        if let name = codes["containerName"]?.stringValue, !containers.contains(name) {
            let detail = "must be one of the container or initContainer names in the pod template"
            errors.invalid(path["containerName"], .string(name), detail)
        }
        let values = codes["values"]?.arrayValue?.compactMap(\.intValue) ?? []
        let path = path["values"]
        if values.isEmpty { errors.invalid(path, .array([]), "at least one value is required") }
        if values.count > mostCodes { errors.append(.tooMany(path, values.count, maximum: mostCodes)) }
        var seen: Set<Int> = []
        for (index, value) in values.enumerated() {
            if value == 0, codes.string("operator") == "In" { errors.invalid(path[index], 0, "must not be 0 for the In operator") }
            if !seen.insert(value).inserted { errors.append(.duplicate(path[index], JSONValue(value))) }
        }
        if values != values.sorted() { errors.invalid(path, codes["values"], "must be ordered") }
    }

    private static func conditions(_ patterns: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        if patterns.count > mostRules { errors.append(.tooMany(path, patterns.count, maximum: mostRules)) }
        for (index, pattern) in patterns.enumerated() {
            let type = pattern.string("type")
            errors.invalid(path[index]["type"], .string(type), NameRules.qualifiedName(type))
            choice(pattern.string("status"), statuses, at: path[index]["status"], &errors)
        }
    }

    private static func choice(_ text: String, _ supported: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        if text.isEmpty {
            errors.required(path, valid(supported))
        } else if !supported.contains(text) {
            errors.append(.notSupported(path, .string(text), supported))
        }
    }

    /// As Go prints a list of quoted texts.
    private static func valid(_ values: [String]) -> String {
        "valid values: [\(values.map(\.goQuoted).joined(separator: " "))]"
    }

    // MARK: Success

    private static func success(_ policy: JSONObject, of spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let rules = policy.objects("rules")
        if rules.isEmpty { errors.required(path, "at least one rules must be specified when the successPolicy is specified") }
        if rules.count > mostRules { errors.append(.tooMany(path, rules.count, maximum: mostRules)) }
        let completions = spec.int("completions") ?? 0
        for (index, rule) in rules.enumerated() {
            let count = rule.int("succeededCount")
            if count == nil, rule.present("succeededIndexes") == nil {
                errors.required(path[index], "at least one of succeededCount or succeededIndexes must be specified")
            }
            guard let count else { continue }
            errors.checkNonnegative(rule, "succeededCount", at: path[index])
            if count > completions {
                let detail = "must be less than or equal to \(completions) (the number of specified completions)"
                errors.invalid(path[index]["succeededCount"], JSONValue(count), detail)
            }
        }
    }
}
