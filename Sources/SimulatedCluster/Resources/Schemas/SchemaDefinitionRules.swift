import KubernetesModel

/// What a schema of a custom resource must keep to: it is structural, uses only what API servers understand, and its rules can be read.
struct SchemaDefinitionRules {
    private var schemaErrors: [FieldError] = []
    private var ruleErrors: [FieldError] = []

    /// - Parameter path: of what holds `openAPIV3Schema`.
    static func validate(_ schema: JSONValue, hasStatus: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        root(schema, hasStatus, at: path, &errors)
        var rules = SchemaDefinitionRules()
        var place = Place()
        let path = path["openAPIV3Schema"]
        if !isUnsupported(schema) {
            let found = StructuralRules.errors(in: schema, at: path)
            let wrong = found.isEmpty ? SchemaDefaultRules.errors(in: schema, at: path) : found
            place.readsRules = wrong.isEmpty
            errors += wrong
        }
        rules.check(schema, place, isRoot: true, at: path)
        errors += rules.schemaErrors + rules.ruleErrors
    }

    /// Where a schema stands in the whole.
    private struct Place {
        /// Why it may have no default.
        var noDefault: String?
        /// Within a field that every object has.
        var isServers = false
        /// The schema above whose values can't be found again after a change.
        var unpaired: FieldPath?
        /// Whether its rules are looked at: within alternatives they are not, nor after other errors.
        var readsRules = false

        func unpaired(at path: FieldPath) -> Place {
            var place = self
            place.unpaired = unpaired ?? path
            return place
        }
    }

    private static let rootFields = [
        "Description", "Type", "Format", "Title", "Maximum", "ExclusiveMaximum", "Minimum", "ExclusiveMinimum", "MaxLength", "MinLength",
        "Pattern", "MaxItems", "MinItems", "UniqueItems", "MultipleOf", "Required", "Items", "Properties", "ExternalDocs", "Example",
        "XPreserveUnknownFields", "XValidations",
    ]

    /// With a status of its own, the root says nothing that a schema for the status alone would lose.
    private static func root(_ schema: JSONValue, _ hasStatus: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        if hasStatus {
            let fields = (schema.objectValue ?? [:]).keys.filter(schema.says)
            let known = Set(rootFields.map { $0.lowercased() })
            if !["", "object"].contains(schema.text("type")) {
                errors.invalid(
                    path["openAPIV3Schema.type"], schema["type"],
                    #"only "object" is allowed as the type at the root of the schema if the status subresource is enabled"#)
            } else if fields.contains(where: { !known.contains($0.replacing("x-kubernetes-", with: "x").filter(\.isLetter).lowercased()) })
            {
                errors.invalid(
                    path["openAPIV3Schema"], schema,
                    "only [\(rootFields.joined(separator: " "))] fields are allowed at the root of the schema if the status subresource is enabled"
                )
            }
        }
        if schema["nullable"] == true { errors.forbidden(path["openAPIV3Schema.nullable"], "nullable cannot be true at the root") }
    }

    private static let unsupported = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"]

    /// Whether something in a schema keeps servers from reading it as structural.
    private static func isUnsupported(_ schema: JSONValue) -> Bool {
        if unsupported.contains(where: schema.says) || schema["items"]?.arrayValue != nil { return true }
        if schema["x-kubernetes-preserve-unknown-fields"] == false { return true }
        return inner(schema).contains(where: isUnsupported)
    }

    private static func inner(_ schema: JSONValue) -> [JSONValue] {
        let alternatives = ["allOf", "anyOf", "oneOf"].flatMap { schema[$0]?.arrayValue ?? [] }
        return schema.children("properties").map(\.1) + alternatives
            + ["items", "additionalProperties", "not"].compactMap(schema.child)
    }

    // MARK: One schema

    private mutating func check(_ schema: JSONValue, _ place: Place, isRoot: Bool = false, at path: FieldPath) {
        let before = schemaErrors.count
        support(of: schema, place, at: path)
        if schema["uniqueItems"] == true {
            schemaErrors.forbidden(path["uniqueItems"], "uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
        }
        additional(of: schema, place, at: path)
        for (name, property) in schema.children("properties") {
            var inner = place
            if isRoot || schema["x-kubernetes-embedded-resource"] == true, ["metadata", "kind", "apiVersion"].contains(name) {
                inner.isServers = true
                if isRoot { inner.noDefault = "in top-level \(name)" }
            }
            check(property, inner, at: path["properties"].key(name))
        }
        alternatives(of: schema, place, at: path)
        if let items = schema.child("items") {
            check(items, schema["x-kubernetes-list-type"] == "map" ? place : place.unpaired(at: path), at: path["items"])
        }
        if schema["x-kubernetes-preserve-unknown-fields"] == false {
            schemaErrors.invalid(path["x-kubernetes-preserve-unknown-fields"], false, "must be true or undefined")
        }
        SchemaListRules.validate(schema, at: path, &schemaErrors)
        let rules = schema["x-kubernetes-validations"]?.arrayValue ?? []
        let rulesPath = path["x-kubernetes-validations"]
        for (index, rule) in rules.enumerated() { SchemaRuleRules.form(of: rule, schema, at: rulesPath[index], &schemaErrors) }
        guard place.readsRules, schemaErrors.count == before else { return }
        for (index, rule) in rules.enumerated() {
            SchemaRuleRules.meaning(of: rule, unpaired: place.unpaired, at: rulesPath[index], &ruleErrors)
        }
    }

    private mutating func alternatives(of schema: JSONValue, _ place: Place, at path: FieldPath) {
        var inner = place
        inner.readsRules = false
        if let forbidden = schema.child("not") { check(forbidden, inner, at: path["not"]) }
        for key in ["allOf", "oneOf", "anyOf"] {
            for (index, alternative) in (schema[key]?.arrayValue ?? []).enumerated() { check(alternative, inner, at: path[key][index]) }
        }
        for (name, definition) in schema.children("definitions") { check(definition, inner, at: path["definitions"].key(name)) }
    }

    private mutating func additional(of schema: JSONValue, _ place: Place, at path: FieldPath) {
        guard let additional = schema["additionalProperties"], additional != .null else { return }
        let path = path["additionalProperties"]
        if !schema.children("properties").isEmpty, additional != true {
            schemaErrors.forbidden(path, "additionalProperties and properties are mutual exclusive")
        }
        guard additional.objectValue != nil else { return }
        var inner = place
        if place.isServers { inner.noDefault = "inside additionalProperties applying to object metadata" }
        check(additional, inner, at: path)
    }

    private static let types = ["array", "boolean", "integer", "number", "object", "string"]

    private mutating func support(of schema: JSONValue, _ place: Place, at path: FieldPath) {
        let type = schema.text("type")
        if !type.isEmpty, !Self.types.contains(type) { schemaErrors.append(.notSupported(path["type"], .string(type), Self.types)) }
        if let reason = place.noDefault, let value = schema["default"], value != .null {
            schemaErrors.forbidden(path["default"], "must not be set \(reason)")
        }
        for key in Self.unsupported where schema.says(key) { schemaErrors.forbidden(path[key], "\(key) is not supported") }
        if type == "null" { schemaErrors.forbidden(path["type"], "type cannot be set to null, use nullable as an alternative") }
        if schema["items"]?.arrayValue != nil {
            schemaErrors.forbidden(path["items"], "items must be a schema object and not an array")
        }
        if place.isServers, schema["x-kubernetes-embedded-resource"] == true {
            schemaErrors.forbidden(path["x-kubernetes-embedded-resource"], "must not be used inside of resource meta")
        }
    }
}
