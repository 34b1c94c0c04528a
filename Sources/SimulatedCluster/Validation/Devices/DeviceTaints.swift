import KubernetesModel

/// Taints of devices, and the tolerations that answer them.
enum DeviceTaints {
    private static let effects = ["NoExecute", "NoSchedule", "None"]

    static func taint(_ taint: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.invalid(path["key"], .string(taint.string("key")), NameRules.qualifiedName(taint.string("key")))
        errors.checkText(taint, "value", NameRules.labelValue, at: path)
        errors.checkChoice(taint, "effect", effects, at: path, isRequired: true)
    }

    static func toleration(_ toleration: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkText(toleration, "key", NameRules.qualifiedName, at: path)
        let value = toleration.string("value")
        switch toleration.string("operator") {
        case "Exists": if !value.isEmpty { errors.invalid(path["value"], .string(value), "must be empty for operator `Exists`") }
        case "Equal": errors.invalid(path["value"], .string(value), NameRules.labelValue(value))
        default: errors.checkChoice(toleration, "operator", ["Equal", "Exists"], at: path, isRequired: true)
        }
        errors.checkChoice(toleration, "effect", effects, at: path)
    }

    /// Conditions that must hold, or must not, before a pod with the device is bound: both or none.
    static func bindingConditions(of json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (wanted, failing) = ("bindingConditions", "bindingFailureConditions")
        let lists = [wanted, failing].map { ($0, json.strings($0)) }
        for (key, conditions) in lists where errors.checkCount(conditions.count, atMost: 4, at: path[key]) {
            for (index, name) in conditions.enumerated() {
                errors.invalid(path[key][index], .string(name), NameRules.qualifiedName(name))
            }
        }
        for (key, conditions) in lists {
            var seen: Set<String> = []
            for (index, name) in conditions.enumerated() {
                errors.checkUnique(name, &seen, at: path[key][index])
                guard key == failing, lists[0].1.contains(name) else { continue }
                errors.invalid(path[key][index], .string(name), "\(failing) must not overlap with \(wanted)")
            }
        }
        if lists[0].1.isEmpty, !lists[1].1.isEmpty {
            errors.invalid(path[wanted], JSONValue(lists[0].1), "\(wanted) are required to use \(failing)")
        }
        if lists[1].1.isEmpty, !lists[0].1.isEmpty {
            errors.invalid(path[failing], JSONValue(lists[1].1), "\(failing) are required to use \(wanted)")
        }
    }
}
