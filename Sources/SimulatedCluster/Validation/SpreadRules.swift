import KubernetesModel

/// How pods are to be spread over parts of the cluster.
enum SpreadRules {
    static func validate(_ constraints: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, constraint) in constraints.enumerated() {
            validate(constraint, before: constraints[(index + 1)...], at: path[index], &errors)
        }
    }

    private static func validate(
        _ constraint: JSONObject, before rest: ArraySlice<JSONObject>, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        let (key, action) = (constraint.string("topologyKey"), constraint.string("whenUnsatisfiable"))
        if constraint.int("maxSkew") ?? 0 <= 0 {
            errors.invalid(path["maxSkew"], constraint["maxSkew"] ?? 0, "must be greater than zero")
        }
        if key.isEmpty { errors.required(path["topologyKey"], "can not be empty") }
        let actions = ["DoNotSchedule", "ScheduleAnyway"]
        if !actions.contains(action) { errors.append(.notSupported(path["whenUnsatisfiable"], .string(action), actions)) }
        if rest.contains(where: { $0.string("topologyKey") == key && $0.string("whenUnsatisfiable") == action }) {
            errors.append(.duplicate(path["{topologyKey, whenUnsatisfiable}"], .string("{\(key), \(action)}")))
        }
        domains(constraint, action, at: path["minDomains"], &errors)
        for policy in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
            errors.checkChoice(constraint, policy, ["Honor", "Ignore"], at: path)
        }
        labelKeys(constraint, at: path["matchLabelKeys"], &errors)
        SelectorRules.validate(constraint.object("labelSelector") ?? [:], at: path["labelSelector"], &errors)
    }

    private static func domains(_ constraint: JSONObject, _ action: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let number = constraint.int("minDomains") else { return }
        if number <= 0 { errors.invalid(path, JSONValue(number), "must be greater than zero") }
        guard action != "DoNotSchedule" else { return }
        errors.invalid(path, JSONValue(number), "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not \(action)")
    }

    private static func labelKeys(_ constraint: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let keys = constraint.strings("matchLabelKeys")
        guard !keys.isEmpty else { return }
        let selector = constraint.object("labelSelector")
        if selector == nil { errors.forbidden(path, "must not be specified when labelSelector is not set") }
        let selected = Set((selector?.object("matchLabels") ?? [:]).keys)
            .union((selector?.objects("matchExpressions") ?? []).map { $0.string("key") })
        for (index, key) in keys.enumerated() {
            errors.invalid(path[index], .string(key), NameRules.qualifiedName(key))
            if selected.contains(key) {
                errors.invalid(path[index], .string(key), "exists in both matchLabelKeys and labelSelector")
            }
        }
    }
}
