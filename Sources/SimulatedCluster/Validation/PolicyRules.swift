import KubernetesModel

/// Disruption budgets and priority classes.
enum PolicyRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind(group: "policy", "PodDisruptionBudget"): { change, errors in budget(change.spec, &errors) },
        GroupKind(group: "scheduling.k8s.io", "PriorityClass"): { change, errors in priorityClass(change, &errors) },
    ]

    private static func budget(_ spec: JSONObject, _ errors: inout [FieldError]) {
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

    private static func priorityClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let json = change.new
        let name = json.object("metadata")?.string("name") ?? ""
        let value = json.int("value") ?? 0
        if name.hasPrefix("system-") {
            if !["system-cluster-critical", "system-node-critical"].contains(name) {
                errors.forbidden(
                    .metadata["name"],
                    "priority class names with 'system-' prefix are reserved for system use only. error: \(name) is not a known system priority class"
                )
            }
        } else if value > highest {
            errors.forbidden(FieldPath("value"), "maximum allowed value of a user defined priority is \(highest)")
        }
        errors.checkChoice(json, "preemptionPolicy", ["Never", "PreemptLowerPriority"], at: .root)
        guard let old = change.old else { return }
        if old.int("value") != json.int("value") {
            errors.forbidden(FieldPath("value"), "may not be changed in an update.")
        }
        errors.checkUnchanged(json, old, "preemptionPolicy", at: .root)
    }
}
