extension SchemaCatalog {
    /// A copy that also knows a custom resource.
    /// - Parameter schema: `openAPIV3Schema` of the version.
    package func adding(_ kind: GroupVersionKind, schema: JSONValue) -> SchemaCatalog {
        var builder = CustomSchemaBuilder(definitions: definitions)
        builder.addRoot(kind, schema: schema, metadata: indexByName["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"])
        return SchemaCatalog(builder.definitions)
    }
}

private struct CustomSchemaBuilder {
    var definitions: [SchemaDefinition]

    mutating func addRoot(_ kind: GroupVersionKind, schema: JSONValue, metadata: Int?) {
        var definition = self.definition(of: schema, depth: 0)
        definition.name = "\(kind)"
        definition.groupVersionKind = kind
        definition.fields.removeAll { ["apiVersion", "kind", "metadata"].contains($0.name) }
        definition.fields += [SchemaField(name: "apiVersion", type: .string), SchemaField(name: "kind", type: .string)]
        definition.fields.append(SchemaField(name: "metadata", type: metadata.map(SchemaType.object) ?? .anything))
        definitions.append(definition)
    }

    private mutating func definition(of schema: JSONValue, depth: Int) -> SchemaDefinition {
        let required = Set(schema.strings("required"))
        var fields: [SchemaField] = []
        for (name, property) in schema["properties"]?.objectValue ?? [:] {
            var field = SchemaField(name: name, type: type(of: property, depth: depth + 1))
            field.isRequired = required.contains(name)
            field.isAtomicMap = property.string("x-kubernetes-map-type") == "atomic"
            field.enumeration = property.strings("enum")
            field.defaultValue = property["default"]
            switch property.string("x-kubernetes-list-type") {
            case "set": field.list = .set
            case "map": field.list = .map(keys: property.strings("x-kubernetes-list-map-keys"))
            default: break
            }
            fields.append(field)
        }
        let isOpen = fields.isEmpty || schema.bool("x-kubernetes-preserve-unknown-fields") == true
        return SchemaDefinition(name: "", fields: fields, isOpen: isOpen)
    }

    private mutating func type(of schema: JSONValue, depth: Int) -> SchemaType {
        guard depth < JSONParser.maximumDepth else { return .anything }
        if schema.bool("x-kubernetes-int-or-string") == true { return .intOrString }
        switch schema.string("type") {
        case "string": return .string
        case "boolean": return .boolean
        case "integer": return schema.string("format") == "int32" ? .int32 : .int64
        case "number": return .double
        case "array": return .list(schema["items"].map { type(of: $0, depth: depth + 1) } ?? .anything)
        case "object":
            if let values = schema["additionalProperties"], case .object = values { return .map(type(of: values, depth: depth + 1)) }
            guard schema["properties"] != nil else { return .anything }
            let definition = definition(of: schema, depth: depth)
            definitions.append(definition)
            return .object(definitions.count - 1)
        default: return .anything
        }
    }
}
