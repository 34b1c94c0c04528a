import KubernetesModel

/// Affinity to nodes and to other pods.
enum AffinityRules {
    static func validate(_ affinity: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let node = affinity.object("nodeAffinity") { nodes(node, at: path["nodeAffinity"], &errors) }
        for kind in ["podAffinity", "podAntiAffinity"] {
            if let pods = affinity.object(kind) { self.pods(pods, at: path[kind], &errors) }
        }
    }

    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
    private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

    private static func nodes(_ affinity: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let selector = affinity.object(required) { nodeSelector(selector, at: path[required], &errors) }
        for (index, term) in affinity.objects(preferred).enumerated() {
            weight(term, at: path[preferred][index], &errors)
            nodeTerm(term.object("preference") ?? [:], at: path[preferred][index]["preference"], &errors)
        }
    }

    static func nodeSelector(_ selector: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let terms = selector.objects("nodeSelectorTerms")
        if terms.isEmpty { errors.required(path["nodeSelectorTerms"], "must have at least one node selector term") }
        for (index, term) in terms.enumerated() { nodeTerm(term, at: path["nodeSelectorTerms"][index], &errors) }
    }

    private static func nodeTerm(_ term: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for list in ["matchExpressions", "matchFields"] {
            for (index, requirement) in term.objects(list).enumerated() {
                let path = path[list][index]
                let values = requirement.strings("values")
                switch requirement.string("operator") {
                case "In", "NotIn":
                    if values.isEmpty { errors.required(path["values"], "must be specified when `operator` is 'In' or 'NotIn'") }
                case "Exists", "DoesNotExist":
                    if !values.isEmpty {
                        errors.forbidden(path["values"], "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
                    }
                case "Gt", "Lt":
                    if values.count != 1 { errors.required(path["values"], "must be specified single value when `operator` is 'Lt' or 'Gt'") }
                default: errors.invalid(path["operator"], requirement["operator"] ?? "", "not a valid selector operator")
                }
                if list == "matchExpressions" {
                    errors.invalid(path["key"], requirement["key"] ?? "", NameRules.qualifiedName(requirement.string("key")))
                }
            }
        }
    }

    private static func pods(_ affinity: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, term) in affinity.objects(required).enumerated() { podTerm(term, at: path[required][index], &errors) }
        for (index, term) in affinity.objects(preferred).enumerated() {
            weight(term, at: path[preferred][index], &errors)
            podTerm(term.object("podAffinityTerm") ?? [:], at: path[preferred][index]["podAffinityTerm"], &errors)
        }
    }

    private static func podTerm(_ term: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["labelSelector", "namespaceSelector"] {
            SelectorRules.validate(term.object(key) ?? [:], at: path[key], &errors)
        }
        for (index, name) in term.strings("namespaces").enumerated() {
            errors.invalid(path["namespaces"][index], .string(name), NameRules.label(name))
        }
        let key = term.string("topologyKey")
        if key.isEmpty {
            errors.required(path["topologyKey"], "can not be empty")
        } else {
            errors.invalid(path["topologyKey"], .string(key), NameRules.qualifiedName(key))
        }
    }

    private static func weight(_ term: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let weight = term.int("weight") ?? 0
        if !(1...100).contains(weight) { errors.invalid(path["weight"], JSONValue(weight), "must be in the range 1-100") }
    }
}
