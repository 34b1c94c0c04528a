import KubernetesModel

/// What the API server prints about admission webhooks and policies.
enum AdmissionColumns {
    static func webhooks(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        [.string(object.name), JSONValue(FieldReader(object).webhooks.elements.count), CellText.age(of: object, now: now)]
    }

    static func validatingPolicy(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        policy(object, rules: FieldReader(object).spec.validations, now: now)
    }

    static func mutatingPolicy(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        policy(object, rules: FieldReader(object).spec.mutations, now: now)
    }

    private static func policy(_ object: KubernetesObject, rules: FieldReader, now: Instant) -> [JSONValue] {
        let kind = FieldReader(object).spec.paramKind
        let text = kind.exists ? "\(kind.apiVersion.text)/\(kind.kind.text)" : "<unset>"
        return [.string(object.name), JSONValue(rules.elements.count), .string(text), CellText.age(of: object, now: now)]
    }

    static func policyBinding(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let spec = FieldReader(object).spec
        let parameter = spec.paramRef
        var text = "<unset>"
        if !parameter.name.text.isEmpty {
            text = "\(parameter.namespace.text(or: "*"))/\(parameter.name.text)"
        } else if parameter.selector.exists {
            text = CellText.selectorText(parameter.selector)
        }
        return [.string(object.name), .string(spec.policyName.text), .string(text), CellText.age(of: object, now: now)]
    }
}
