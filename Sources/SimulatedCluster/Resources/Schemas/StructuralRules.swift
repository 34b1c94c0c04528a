import KubernetesModel

/// Whether a schema is structural: what it says of fields stands apart from what it asks of their values, so that objects can be pruned
/// and filled in without looking at alternatives (`apiextensions-apiserver/pkg/apiserver/schema`).
enum StructuralRules {
    /// Sorted by their texts.
    static func errors(in schema: JSONValue, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        fields(schema, .root, at: path, &errors)
        completeness(of: schema, for: schema, at: path, path, &errors)
        return errors.sorted { $0.description < $1.description }
    }

    private enum Level { case root, item, field }

    private static func fields(_ schema: JSONValue, _ level: Level, at path: FieldPath, _ errors: inout [FieldError]) {
        if schema.text("type") == "array", schema.child("items") == nil { errors.required(path["items"], "must be specified") }
        if let items = schema.child("items") { fields(items, .item, at: path["items"], &errors) }
        for (name, property) in schema.children("properties") { fields(property, .field, at: path["properties"].key(name), &errors) }
        if let additional = schema["additionalProperties"], additional != .null {
            if level == .root { errors.forbidden(path["additionalProperties"], "must not be used at the root") }
            if additional.objectValue != nil { fields(additional, .field, at: path["additionalProperties"], &errors) }
        }
        if schema["x-kubernetes-int-or-string"] == true {
            for key in ["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"] where schema[key] == true {
                errors.invalid(path[key], true, "must be false if x-kubernetes-int-or-string is true")
            }
        }
        values(schema, at: path, &errors)
        type(of: schema, level, at: path, &errors)
        metadata(of: schema, level, at: path["properties"], &errors)
    }

    private static func type(of schema: JSONValue, _ level: Level, at path: FieldPath, _ errors: inout [FieldError]) {
        let type = schema.text("type")
        let isFree = schema["x-kubernetes-int-or-string"] == true || schema["x-kubernetes-preserve-unknown-fields"] == true
        if schema["x-kubernetes-embedded-resource"] == true {
            let detail = "must be object if x-kubernetes-embedded-resource is true"
            if type.isEmpty {
                errors.required(path["type"], detail)
            } else if type != "object" {
                errors.invalid(path["type"], .string(type), detail)
            }
            if schema.child("additionalProperties") != nil {
                errors.forbidden(path["additionalProperties"], "must not be used if x-kubernetes-embedded-resource is set")
            }
        } else if type.isEmpty, !isFree {
            switch level {
            case .root: errors.required(path["type"], "must not be empty at the root")
            case .item: errors.required(path["type"], "must not be empty for specified array items")
            case .field: errors.required(path["type"], "must not be empty for specified object fields")
            }
        }
        if level == .root, !type.isEmpty, type != "object" { errors.invalid(path["type"], .string(type), "must be object at the root") }
    }

    /// What every object has is known: a schema may only narrow an object's name.
    private static func metadata(of schema: JSONValue, _ level: Level, at path: FieldPath, _ errors: inout [FieldError]) {
        let isObject = level == .root || schema["x-kubernetes-embedded-resource"] == true
        let properties = schema["properties"]
        for name in ["kind", "apiVersion"] {
            guard isObject, let property = properties?[name], property.text("type") != "string" else { continue }
            errors.invalid(path.key(name)["type"], .string(property.text("type")), "must be string")
        }
        if let metadata = properties?["metadata"] {
            let path = path.key("metadata")
            if isObject, metadata.text("type") != "object" {
                errors.invalid(path["type"], .string(metadata.text("type")), "must be object")
            }
            let names = Set((metadata["properties"]?.objectValue ?? [:]).keys)
            let says = Set((metadata.objectValue ?? [:]).keys).subtracting(["type", "default"])
            if level == .root, !names.isSubset(of: ["name", "generateName"]) || !says.subtracting(["properties"]).isEmpty {
                errors.forbidden(path, "must not specify anything other than name and generateName, but metadata is implicitly specified")
            }
        }
        guard schema["x-kubernetes-embedded-resource"] == true, schema["x-kubernetes-preserve-unknown-fields"] != true,
            schema.children("properties").isEmpty
        else { return }
        errors.required(
            path, "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields")
    }

    // MARK: Values

    private static let intOrString: JSONValue = [["type": "integer"], ["type": "string"]]

    /// Alternatives may ask nothing but values; what stands for "a number or a text" is known.
    private static func values(_ schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        for (key, alternatives) in combinations(of: schema) where !(key == "anyOf" && schema[key] == intOrString) {
            for (index, alternative) in alternatives.enumerated() {
                let isKnown = key == "allOf" && index == 0 && alternative["anyOf"] == intOrString
                nested(alternative, isKnown: isKnown, at: path[key][index], &errors)
            }
        }
        if let forbidden = schema.child("not") { nested(forbidden, at: path["not"], &errors) }
        guard let pattern = schema["pattern"]?.stringValue, !pattern.isEmpty else { return }
        do throws(RegularExpression.Failure) {
            _ = try RegularExpression(pattern)
        } catch {
            let problem = "error parsing regexp: \(error.message)"
            errors.invalid(path["pattern"], .string(pattern), "must be a valid regular expression, but isn't: \(problem)")
        }
    }

    private static func combinations(of schema: JSONValue) -> [(String, [JSONValue])] {
        ["anyOf", "allOf", "oneOf"].map { ($0, schema[$0]?.arrayValue ?? []) }
    }

    /// - Parameter isKnown: whether its alternatives stand for "a number or a text".
    private static func nested(_ schema: JSONValue, isKnown: Bool = false, at path: FieldPath, _ errors: inout [FieldError]) {
        var asked = schema.objectValue ?? [:]
        if isKnown { asked["anyOf"] = nil }
        values(.object(asked), at: path, &errors)
        if let items = schema.child("items") { nested(items, at: path["items"], &errors) }
        for (name, property) in schema.children("properties") { nested(property, at: path["properties"].key(name), &errors) }
        for (key, rule) in [
            ("type", "empty"), ("additionalProperties", "undefined"), ("default", "undefined"), ("title", "empty"),
            ("description", "empty"),
            ("nullable", "false"), ("externalDocs", "undefined"), ("x-kubernetes-preserve-unknown-fields", "false"),
            ("x-kubernetes-embedded-resource", "false"), ("x-kubernetes-int-or-string", "false"), ("x-kubernetes-list-map-keys", "empty"),
            ("x-kubernetes-list-type", "undefined"), ("x-kubernetes-map-type", "undefined"), ("x-kubernetes-validations", "empty"),
        ] where schema.says(key) {
            errors.forbidden(path[key], "must be \(rule) to be structural")
        }
        if schema["properties"]?["metadata"] != nil {
            errors.forbidden(path["properties"].key("metadata"), "must not be specified in a nested context")
        }
    }

    // MARK: Completeness

    /// Every field of which alternatives speak is one of the schema itself.
    private static func completeness(
        of values: JSONValue, for schema: JSONValue?, at path: FieldPath, _ place: FieldPath, _ errors: inout [FieldError]
    ) {
        guard let schema else { return errors.required(path, "because it is defined in \(place)") }
        func check(_ nested: JSONValue, _ place: FieldPath) {
            completeness(of: nested, for: schema, at: path, place, &errors)
            if let items = nested.child("items") {
                inner(items, of: schema.child("items"), at: path["items"], place["items"], &errors)
            }
            for (name, property) in nested.children("properties") {
                inner(
                    property, of: schema["properties"]?[name], at: path["properties"].key(name), place["properties"].key(name), &errors)
            }
        }
        if let forbidden = values.child("not") { check(forbidden, place["not"]) }
        for (key, alternatives) in combinations(of: values) {
            for (index, alternative) in alternatives.enumerated() { check(alternative, place[key][index]) }
        }
    }

    private static func inner(
        _ nested: JSONValue, of schema: JSONValue?, at path: FieldPath, _ place: FieldPath, _ errors: inout [FieldError]
    ) {
        guard let schema else { return errors.required(path, "because it is defined in \(place)") }
        completeness(of: nested, for: schema, at: path, place, &errors)
        if let items = nested.child("items") { inner(items, of: schema.child("items"), at: path["items"], place["items"], &errors) }
        for (name, property) in nested.children("properties") {
            inner(property, of: schema["properties"]?[name], at: path["properties"].key(name), place["properties"].key(name), &errors)
        }
    }
}
