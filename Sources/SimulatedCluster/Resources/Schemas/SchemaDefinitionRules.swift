import KubernetesModel

/// What a schema of a custom resource must keep to: it is structural, so that fields can be pruned and filled in.
enum SchemaDefinitionRules {
    static func validate(_ schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        if schema["type"]?.stringValue ?? "" == "" {
            errors.required(path["type"], "must not be empty at the root")
        } else if schema["type"] != "object" {
            errors.invalid(path["type"], schema["type"], "must be object at the root")
        }
        properties(of: schema, at: path, &errors)
    }

    private static let types: Set = ["array", "boolean", "integer", "number", "object", "string"]

    private static func properties(of schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        for (name, property) in (schema["properties"]?.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
            field(property, at: path["properties"].key(name), "must not be empty for specified object fields", &errors)
        }
        if let items = schema["items"] {
            field(items, at: path["items"], "must not be empty for specified array items", &errors)
        } else if schema["type"] == "array" {
            errors.required(path["items"], "must be specified")
        }
        if let additional = schema["additionalProperties"], additional.objectValue != nil {
            field(additional, at: path["additionalProperties"], "must not be empty for specified object fields", &errors)
            if schema["properties"]?.objectValue?.isEmpty == false {
                errors.forbidden(path["additionalProperties"], "must not be used with properties")
            }
        }
        for (key, alternatives) in ["allOf", "anyOf", "oneOf"].map({ ($0, schema[$0]?.arrayValue ?? []) }) {
            for (index, alternative) in alternatives.enumerated() { pattern(of: alternative, at: path[key][index]["pattern"], &errors) }
        }
        if let forbidden = schema["not"] { pattern(of: forbidden, at: path["not"]["pattern"], &errors) }
        if schema["uniqueItems"] == true {
            errors.forbidden(path["uniqueItems"], "uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
        }
        extensions(of: schema, at: path, &errors)
        rules(of: schema, at: path["x-kubernetes-validations"], &errors)
    }

    private static func extensions(of schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        if let reference = schema["$ref"]?.stringValue, !reference.isEmpty { errors.forbidden(path["$ref"], "$ref is not supported") }
        pattern(of: schema, at: path["pattern"], &errors)
        if schema["x-kubernetes-embedded-resource"] == true, schema["type"] != "object" {
            let detail = "must be object if x-kubernetes-embedded-resource is true"
            if schema["type"] == nil { errors.required(path["type"], detail) } else { errors.invalid(path["type"], schema["type"], detail) }
        }
        lists(schema, at: path, &errors)
        if let type = schema["x-kubernetes-map-type"] {
            let mapPath = path["x-kubernetes-map-type"]
            if schema["type"] != "object" { errors.invalid(path["type"], schema["type"], "must be object if x-kubernetes-map-type is specified") }
            if !["atomic", "granular"].contains(type.stringValue) { errors.append(.notSupported(mapPath, type, ["atomic", "granular"])) }
        }
    }

    private static func lists(_ schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        let keys = schema["x-kubernetes-list-map-keys"]?.arrayValue ?? []
        let (typePath, keysPath) = (path["x-kubernetes-list-type"], path["x-kubernetes-list-map-keys"])
        guard let type = schema["x-kubernetes-list-type"] else {
            if !keys.isEmpty { errors.required(typePath, "must be map if x-kubernetes-list-map-keys is non-empty") }
            return
        }
        if schema["type"] != "array" {
            errors.invalid(path["type"], schema["type"], "must be array if x-kubernetes-list-type is specified")
        }
        if !["atomic", "map", "set"].contains(type.stringValue) { errors.append(.notSupported(typePath, type, ["atomic", "set", "map"])) }
        guard type == "map" else {
            if !keys.isEmpty { errors.invalid(typePath, type, "must be map if x-kubernetes-list-map-keys is non-empty") }
            return
        }
        if keys.isEmpty { errors.required(keysPath, "must not be empty if x-kubernetes-list-type is map") }
        let properties = schema["items"]?["properties"]
        if keys.contains(where: { properties?[$0.stringValue ?? ""] == nil }) {
            errors.invalid(keysPath, .array(keys), "entries must all be names of item properties")
        }
    }

    private static func pattern(of schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let pattern = schema["pattern"]?.stringValue, !pattern.isEmpty else { return }
        do throws(RegularExpression.Failure) {
            _ = try RegularExpression(pattern)
        } catch {
            errors.invalid(path, .string(pattern), "must be a valid regular expression, but isn't: error parsing regexp: \(error.message)")
        }
    }

    private static func field(_ schema: JSONValue, at path: FieldPath, _ missing: String, _ errors: inout [FieldError]) {
        let type = schema["type"]?.stringValue ?? ""
        let isFree = schema["x-kubernetes-preserve-unknown-fields"] == true || schema["x-kubernetes-int-or-string"] == true
        if type.isEmpty {
            if !isFree { errors.required(path["type"], missing) }
        } else if !types.contains(type) {
            errors.append(.notSupported(path["type"], .string(type), types.sorted()))
        }
        if let fallback = schema["default"] { self.fallback(fallback, schema, at: path["default"], &errors) }
        properties(of: schema, at: path, &errors)
    }

    private static func fallback(_ value: JSONValue, _ schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        errors += SchemaValidator(patterns: SchemaPatterns(of: schema)).errors(in: value, schema, at: path)
    }

    private static func rules(of schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, rule) in (schema["x-kubernetes-validations"]?.arrayValue ?? []).enumerated() {
            let text = rule["rule"]?.stringValue ?? ""
            if text.isEmpty {
                errors.required(path[index]["rule"], "rule is not specified")
                continue
            }
            do throws(ExpressionError) {
                _ = try Expression(text)
            } catch {
                errors.invalid(path[index]["rule"], .object(rule.objectValue ?? [:]), "compilation failed: ERROR: <input>:1:1: \(error)")
            }
        }
    }
}
