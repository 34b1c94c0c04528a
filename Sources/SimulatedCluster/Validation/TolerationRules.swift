import KubernetesModel

/// Taints of nodes, and the tolerations that answer them.
enum TolerationRules {
    private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

    static func validate(_ tolerations: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, toleration) in tolerations.enumerated() { validate(toleration, at: path[index], &errors) }
    }

    private static func validate(_ toleration: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (operation, value) = (toleration.string("operator"), toleration.string("value"))
        errors.checkText(toleration, "key", NameRules.qualifiedName, at: path)
        if toleration.string("key").isEmpty, operation != "Exists" {
            errors.invalid(
                path["operator"], .string(operation),
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"")
        }
        if toleration.present("tolerationSeconds") != nil, toleration.string("effect") != "NoExecute" {
            errors.invalid(
                path["effect"], .string(toleration.string("effect")), "effect must be 'NoExecute' when `tolerationSeconds` is set")
        }
        switch operation {
        case "", "Equal": check(labelValue: value, at: path["operator"], &errors)
        case "Exists":
            if !value.isEmpty { errors.invalid(path["operator"], .string(value), "value must be empty when `operator` is 'Exists'") }
        default: errors.append(.notSupported(path["operator"], .string(operation), ["Equal", "Exists"]))
        }
        errors.checkChoice(toleration, "effect", effects, at: path)
    }

    private static func check(labelValue value: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let problems = NameRules.labelValue(value)
        if !problems.isEmpty { errors.invalid(path, .string(value), problems.joined(separator: ";")) }
    }

    static func validate(taints: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var seen: Set<String> = []
        for (index, taint) in taints.enumerated() {
            let path = path[index]
            errors.invalid(path["key"], taint["key"] ?? "", NameRules.qualifiedName(taint.string("key")))
            check(labelValue: taint.string("value"), at: path["value"], &errors)
            errors.checkChoice(taint, "effect", effects, at: path, isRequired: true)
            guard !seen.insert("\(taint.string("key")):\(taint.string("effect"))").inserted else { continue }
            errors.append(
                FieldError(path, .duplicate, value: .object(taint), detail: "taints must be unique by key and effect pair"))
        }
    }
}
