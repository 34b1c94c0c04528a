import KubernetesModel

enum TolerationRules {
    static func validate(_ tolerations: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, toleration) in tolerations.enumerated() { validate(toleration, at: path[index], &errors) }
    }

    private static func validate(_ toleration: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let key = toleration.string("key")
        let operation = toleration.string("operator")
        if !key.isEmpty { errors.invalid(path["key"], .string(key), NameRules.qualifiedName(key)) }
        if key.isEmpty, operation != "Exists" {
            errors.invalid(path["operator"], .string(operation), "operator must be Exists when `key` is empty, which means \"match all values and all keys\"")
        }
        if toleration.present("tolerationSeconds") != nil, toleration.string("effect") != "NoExecute" {
            errors.invalid(path["effect"], .string(toleration.string("effect")), "effect must be 'NoExecute' when `tolerationSeconds` is set")
        }
        switch operation {
        case "", "Equal":
            errors.invalid(path["operator"], toleration["value"], NameRules.labelValue(toleration.string("value")))
        case "Exists":
            if !toleration.string("value").isEmpty {
                errors.invalid(path["operator"], .object(toleration), "value must be empty when `operator` is 'Exists'")
            }
        default: errors.append(.notSupported(path["operator"], .string(operation), ["Equal", "Exists"]))
        }
        errors.checkChoice(toleration, "effect", ["NoExecute", "NoSchedule", "PreferNoSchedule"], at: path)
    }
}

enum SpreadRules {
    static func validate(_ constraints: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, constraint) in constraints.enumerated() {
            let path = path[index]
            if constraint.int("maxSkew") ?? 0 <= 0 {
                errors.invalid(path["maxSkew"], constraint["maxSkew"] ?? 0, "must be greater than zero")
            }
            if constraint.string("topologyKey").isEmpty {
                errors.required(path["topologyKey"], "can not be empty")
            }
            let choices = ["DoNotSchedule", "ScheduleAnyway"]
            if !choices.contains(constraint.string("whenUnsatisfiable")) {
                errors.append(.notSupported(path["whenUnsatisfiable"], .string(constraint.string("whenUnsatisfiable")), choices))
            }
            SelectorRules.validate(constraint.object("labelSelector") ?? [:], at: path["labelSelector"], &errors)
        }
    }
}
