import KubernetesModel

/// How a schema says that lists and maps are merged.
enum SchemaListRules {
    static func validate(_ schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        kind(of: schema, "x-kubernetes-map-type", "object", ["atomic", "granular"], at: path, &errors)
        kind(of: schema, "x-kubernetes-list-type", "array", ["atomic", "set", "map"], at: path, &errors)
        keys(of: schema, at: path, &errors)
        guard let items = schema.child("items"), ["set", "map"].contains(schema.text("x-kubernetes-list-type")) else { return }
        if items["nullable"] == true {
            errors.forbidden(
                path["items"]["nullable"], "cannot be nullable when x-kubernetes-list-type is \(schema.text("x-kubernetes-list-type"))")
        }
        if schema["x-kubernetes-list-type"] == "map" { identity(schema, items, at: path["items"]["properties"], &errors) }
    }

    private static func kind(
        of schema: JSONValue, _ key: String, _ wanted: String, _ kinds: [String], at path: FieldPath, _ errors: inout [FieldError]
    ) {
        guard let kind = schema[key]?.stringValue else { return }
        let (type, detail) = (schema.text("type"), "must be \(wanted) if \(key) is specified")
        if type.isEmpty {
            errors.required(path["type"], detail)
        } else if type != wanted {
            errors.invalid(path["type"], .string(type), detail)
        } else if kind == "set", let items = schema.child("items") {
            elements(of: items, at: path["items"], &errors)
        }
        if !kinds.contains(kind) { errors.append(.notSupported(path[key], .string(kind), kinds)) }
    }

    /// The elements of a set are told apart as a whole.
    private static func elements(of items: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        let list = items["x-kubernetes-list-type"]
        let detail = "must be atomic as item of a list with x-kubernetes-list-type=set"
        switch items.text("type") {
        case "array": if let list, list != "atomic" { errors.invalid(path["x-kubernetes-list-type"], list, detail) }
        case "object":
            // The value that is told is that of the list's type.
            if items["x-kubernetes-map-type"] != "atomic" { errors.invalid(path["x-kubernetes-map-type"], list, detail) }
        default: return
        }
    }

    private static func keys(of schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        let keys = schema["x-kubernetes-list-map-keys"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let (type, keysPath) = (schema["x-kubernetes-list-type"]?.stringValue, path["x-kubernetes-list-map-keys"])
        if !keys.isEmpty, type != "map" {
            let detail = "must be map if x-kubernetes-list-map-keys is non-empty"
            let path = path["x-kubernetes-list-type"]
            if let type { errors.invalid(path, .string(type), detail) } else { errors.required(path, detail) }
        }
        guard type == "map" else { return }
        if keys.isEmpty { errors.required(keysPath, "must not be empty if x-kubernetes-list-type is map") }
        guard let items = schema.child("items") else {
            return errors.required(path["items"], "must have a schema if x-kubernetes-list-type is map")
        }
        guard items["type"] == "object" else {
            let detail = "must be object if parent array's x-kubernetes-list-type is map"
            return errors.invalid(path["items"]["type"], .string(items.text("type")), detail)
        }
        var seen: Set<String> = []
        for key in keys {
            if let property = items["properties"]?[key] {
                if ["array", "object"].contains(property.text("type")) {
                    errors.invalid(
                        path["items"]["properties"].key(key)["type"], .string(items.text("type")),
                        "must be a scalar type if parent array's x-kubernetes-list-type is map")
                }
            } else {
                errors.invalid(keysPath, JSONValue(keys), "entries must all be names of item properties")
            }
            if !seen.insert(key).inserted { errors.invalid(keysPath, JSONValue(keys), "must not contain duplicate entries") }
        }
    }

    /// What tells elements apart must be there.
    private static func identity(_ schema: JSONValue, _ items: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        let required = items["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
        for key in schema["x-kubernetes-list-map-keys"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
            guard let property = items["properties"]?[key] else { continue }
            let words = "this property is in x-kubernetes-list-map-keys, so it"
            if !required.contains(key), property["default"] ?? .null == .null {
                errors.required(path.key(key)["default"], "\(words) must have a default or be a required property")
            }
            if property["nullable"] == true { errors.forbidden(path.key(key)["nullable"], "\(words) cannot be nullable") }
        }
    }
}
