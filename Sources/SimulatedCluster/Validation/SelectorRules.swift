import KubernetesModel

/// Label selectors, and how they relate to the labels of a template.
enum SelectorRules {
    static func validate(_ selector: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        MetadataRules.labels(selector.object("matchLabels") ?? [:], at: path["matchLabels"], &errors)
        for (index, requirement) in selector.objects("matchExpressions").enumerated() {
            validate(requirement: requirement, at: path["matchExpressions"][index], &errors)
        }
    }

    private static func validate(requirement: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let values = requirement.strings("values")
        switch requirement.string("operator") {
        case "In", "NotIn":
            if values.isEmpty { errors.required(path["values"], "must be specified when `operator` is 'In' or 'NotIn'") }
        case "Exists", "DoesNotExist":
            if !values.isEmpty { errors.forbidden(path["values"], "may not be specified when `operator` is 'Exists' or 'DoesNotExist'") }
        default: errors.invalid(path["operator"], requirement["operator"] ?? "", "not a valid selector operator")
        }
        errors.invalid(path["key"], requirement["key"] ?? "", NameRules.qualifiedName(requirement.string("key")))
        for (index, value) in values.enumerated() {
            errors.invalid(path["values"][index], .string(value), NameRules.labelValue(value))
        }
    }

    static func isEmpty(_ selector: JSONObject) -> Bool {
        (selector.object("matchLabels")?.isEmpty ?? true) && selector.objects("matchExpressions").isEmpty
    }

    /// A workload's selector must find the pods of its template.
    static func validate(_ selector: JSONObject?, matches template: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let labels = template.object("metadata")?.present("labels")
        let parsed = selector.map { try? LabelSelector(object: .object($0)) } ?? .nothing
        guard let parsed, !parsed.isEverything, !parsed.matches(labels?.stringMap ?? [:]) else { return }
        errors.invalid(path["metadata"]["labels"], labels, "`selector` does not match template `labels`")
    }
}
