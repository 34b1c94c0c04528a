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
            nodeTerm(term.object("preference") ?? [:], isFirm: false, at: path[preferred][index]["preference"], &errors)
        }
    }

    static func nodeSelector(_ selector: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let terms = selector.objects("nodeSelectorTerms")
        if terms.isEmpty { errors.required(path["nodeSelectorTerms"], "must have at least one node selector term") }
        for (index, term) in terms.enumerated() { nodeTerm(term, isFirm: true, at: path["nodeSelectorTerms"][index], &errors) }
    }

    /// - Parameter isFirm: whether the term must hold: a wish may ask for what no label can be.
    private static func nodeTerm(_ term: JSONObject, isFirm: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, requirement) in term.objects("matchExpressions").enumerated() {
            let path = path["matchExpressions"][index]
            values(of: requirement, at: path, &errors)
            errors.invalid(path["key"], requirement["key"] ?? "", NameRules.qualifiedName(requirement.string("key")))
            guard isFirm else { continue }
            for (position, value) in requirement.strings("values").enumerated() {
                errors.invalid(path["values"][position], .string(value), NameRules.labelValue(value))
            }
        }
        for (index, requirement) in term.objects("matchFields").enumerated() {
            field(requirement, at: path["matchFields"][index], &errors)
        }
    }

    private static func values(of requirement: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
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
    }

    /// A requirement of a field of a node: of its name, the only one that can be asked for.
    private static func field(_ requirement: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let values = requirement.strings("values")
        switch requirement.string("operator") {
        case "In", "NotIn":
            if values.count != 1 {
                errors.required(path["values"], "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
            }
        default: errors.invalid(path["operator"], requirement["operator"] ?? "", "not a valid selector operator")
        }
        guard requirement.string("key") == "metadata.name" else {
            return errors.invalid(path["key"], requirement["key"] ?? "", "not a valid field selector key")
        }
        for (position, value) in values.enumerated() {
            errors.invalid(path["values"][position], .string(value), NameRules.subdomain(value))
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
        for name in term.strings("namespaces") { errors.invalid(path["namespace"], .string(name), NameRules.label(name)) }
        labelKeys(term, at: path, &errors)
        let key = term.string("topologyKey")
        if key.isEmpty { errors.required(path["topologyKey"], "can not be empty") }
        errors.invalid(path["topologyKey"], .string(key), NameRules.qualifiedName(key))
    }

    /// Keys whose values in the pod's own labels narrow its selectors.
    private static func labelKeys(_ term: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let selector = term.object("labelSelector")
        for list in ["matchLabelKeys", "mismatchLabelKeys"] where !term.strings(list).isEmpty {
            guard selector != nil else {
                errors.forbidden(path[list], "must not be specified when labelSelector is not set")
                continue
            }
            for (index, key) in term.strings(list).enumerated() {
                errors.invalid(path[list][index], .string(key), NameRules.qualifiedName(key))
            }
        }
        let keys = term.strings("matchLabelKeys")
        if let selector {
            // The values of these keys were added to the selector before: a key that is there twice was there already.
            var seen = Set((selector.object("matchLabels") ?? [:]).keys)
            for expression in selector.objects("matchExpressions") {
                let key = expression.string("key")
                if let index = keys.firstIndex(of: key), seen.contains(key) {
                    errors.invalid(path[index], .string(key), "exists in both matchLabelKeys and labelSelector")
                }
                seen.insert(key)
            }
        }
        let others = Set(term.strings("mismatchLabelKeys"))
        for (index, key) in keys.enumerated() where others.contains(key) {
            errors.invalid(path["matchLabelKeys"][index], .string(key), "exists in both matchLabelKeys and mismatchLabelKeys")
        }
    }

    private static func weight(_ term: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let weight = term.int("weight") ?? 0
        if !(1...100).contains(weight) { errors.invalid(path["weight"], JSONValue(weight), "must be in the range 1-100") }
    }
}
