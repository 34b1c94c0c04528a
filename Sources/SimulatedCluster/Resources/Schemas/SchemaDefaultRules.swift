import KubernetesModel

/// Defaults in the schema of a custom resource: each must be what the schema itself accepts.
struct SchemaDefaultRules {
    static func errors(in schema: JSONValue, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        SchemaDefaultRules(validator: SchemaValidator(patterns: SchemaPatterns(of: schema)))
            .check(schema, isObject: true, isServers: false, at: path, &errors)
        return errors
    }

    private let validator: SchemaValidator

    /// - Parameter isObject: whether the schema is that of a whole object.
    /// - Parameter isServers: whether the field is, or is within, one that every object has.
    private func check(
        _ schema: JSONValue, isObject: Bool, isServers: Bool, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        let isEmbedded = isObject || schema["x-kubernetes-embedded-resource"] == true
        if let value = schema["default"], value != .null { errors += self.errors(in: value, schema, isServers, at: path["default"]) }
        if let items = schema.child("items") {
            check(items, isObject: false, isServers: isServers && !isEmbedded, at: path["items"], &errors)
        }
        for (name, property) in schema.children("properties") {
            let isServers = isServers && !isEmbedded || isEmbedded && ["metadata", "apiVersion", "kind"].contains(name)
            check(property, isObject: false, isServers: isServers, at: path["properties"].key(name), &errors)
        }
    }

    private func errors(in value: JSONValue, _ schema: JSONValue, _ isServers: Bool, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if !isServers, !StructuralSchema.unknownFields(of: value, in: schema).isEmpty {
            errors.invalid(path, value, "must not have unknown fields")
        }
        let embedded = EmbeddedObjects.errors(in: value, schema, at: path)
        guard embedded.isEmpty else { return errors + embedded }
        let wrong = validator.errors(in: value, schema, at: path)
        return errors + (wrong.isEmpty ? SchemaExpressions.errors(in: value, replacing: value, schema, at: path) : wrong)
    }
}
