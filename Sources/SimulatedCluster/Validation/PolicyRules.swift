import KubernetesModel

/// Disruption budgets and priority classes.
enum PolicyRules {
    static func budget(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let keys = ["minAvailable", "maxUnavailable"]
        if keys.allSatisfy({ spec.present($0) != nil }) {
            errors.invalid(.spec, .object(spec), "minAvailable and maxUnavailable cannot be both set")
        }
        for key in keys {
            Percentages.check(spec.present(key), at: .spec[key], &errors)
            Percentages.checkAtMostWhole(spec.present(key), at: .spec[key], &errors)
        }
        if let selector = spec.object("selector") { SelectorRules.validate(selector, at: .spec["selector"], &errors) }
        errors.checkChoice(spec, "unhealthyPodEvictionPolicy", ["AlwaysAllow", "IfHealthyBudget"], at: .spec)
    }

    private static let highest = 1_000_000_000

    static func priorityClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let json = change.new
        if let old = change.old {
            if old.int("value") != json.int("value") { errors.forbidden(FieldPath("value"), "may not be changed in an update.") }
            return errors.checkUnchanged(json, old, "preemptionPolicy", at: .root)
        }
        let name = json.object("metadata")?.string("name") ?? ""
        if name.hasPrefix("system-") {
            if let problem = problem(withSystemClass: json, name) {
                errors.forbidden(
                    .metadata["name"], "priority class names with 'system-' prefix are reserved for system use only. error: \(problem)")
            }
        } else if json.int("value") ?? 0 > highest {
            errors.forbidden(FieldPath("value"), "maximum allowed value of a user defined priority is \(highest)")
        }
        errors.checkChoice(json, "preemptionPolicy", ["PreemptLowerPriority", "Never"], at: .root)
    }

    private static let systemValues = ["system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000]

    private static func problem(withSystemClass json: JSONObject, _ name: String) -> String? {
        guard let value = systemValues[name] else { return "\(name) is not a known system priority class" }
        if json.int("value") ?? 0 != value { return "value of \(name) PriorityClass must be \(value)" }
        return json.bool("globalDefault") ? "globalDefault of \(name) PriorityClass must be false" : nil
    }
}
