import KubernetesModel

/// Objects within custom resources, where a schema says that a field holds one: each has a kind, a version and valid metadata.
enum EmbeddedObjects {
    /// - Parameter isEmbedded: whether `value` is such an object whatever `schema` says.
    static func errors(in value: JSONValue, _ schema: JSONValue, isEmbedded: Bool? = nil, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        check(value, schema, isEmbedded ?? (schema["x-kubernetes-embedded-resource"] == true), at: path, &errors)
        return errors
    }

    static func exist(in schema: JSONValue) -> Bool {
        if schema["x-kubernetes-embedded-resource"] == true { return true }
        let inner =
            schema.children("properties").map(\.1) + [schema.child("items"), schema.child("additionalProperties")].compactMap(\.self)
        return inner.contains(where: exist)
    }

    private static func check(
        _ value: JSONValue, _ schema: JSONValue, _ isEmbedded: Bool, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        func inner(_ value: JSONValue, _ schema: JSONValue, _ path: FieldPath) {
            check(value, schema, schema["x-kubernetes-embedded-resource"] == true, at: path, &errors)
        }
        switch value {
        case .object(let object):
            if isEmbedded { check(object, at: path, &errors) }
            for (key, member) in object.sorted(by: { $0.key < $1.key }) {
                if let property = schema["properties"]?[key] {
                    inner(member, property, path[key])
                } else if let additional = schema.child("additionalProperties") {
                    inner(member, additional, path.key(key))
                }
            }
        case .array(let elements):
            guard let items = schema.child("items") else { return }
            for (index, element) in elements.enumerated() { inner(element, items, path[index]) }
        default: return
        }
    }

    private static func check(_ object: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["apiVersion", "kind"] {
            switch object[key] {
            case nil, .string("")?: errors.required(path[key])
            case .string(let text)?: name(text, key, at: path[key], &errors)
            case let value?: errors.invalid(path[key], value, "must be a string")
            }
        }
        guard let metadata = object["metadata"] else { return }
        guard let fields = metadata.objectValue else {
            let found = SchemaValues.typeName(of: metadata)
            return errors.invalid(
                path["metadata"], metadata, "json: cannot unmarshal \(found) into Go value of type v1.ObjectMeta")
        }
        MetadataRules.labels(fields.object("labels") ?? [:], at: path["metadata"]["labels"], &errors)
        MetadataRules.annotations(fields.object("annotations") ?? [:], at: path["metadata"]["annotations"], &errors)
        for (key, rule) in [("generateName", Names.pathSegment), ("name", Names.pathSegment), ("namespace", NameRules.label)] {
            errors.checkText(fields, key, rule, at: path["metadata"])
        }
    }

    private static func name(_ text: String, _ key: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if key == "apiVersion" {
            guard text.count(where: { $0 == "/" }) > 1 else { return }
            return errors.invalid(path, .string(text), "unexpected GroupVersion string: \(text)")
        }
        let problems = Names.label1035(text.lowercased())
        guard !problems.isEmpty else { return }
        errors.invalid(path, .string(text), "may have mixed case, but should otherwise match: \(problems.joined(separator: ","))")
    }
}
