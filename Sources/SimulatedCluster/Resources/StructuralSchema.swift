import KubernetesModel

/// The schema of a custom resource: what it knows, fills in and refuses.
struct StructuralSchema {
    private let root: JSONValue

    init(_ root: JSONValue) {
        self.root = root
    }

    // MARK: Pruning

    /// Drops unknown fields and returns their paths; API server's own fields always stay.
    func prune(_ object: inout KubernetesObject) -> [String] {
        var unknown: [String] = []
        var value = object.value
        Self.prune(&value, root, path: "", isRoot: true, &unknown)
        if let pruned = KubernetesObject(value) { object = pruned }
        return unknown.sorted()
    }

    private static func prune(_ value: inout JSONValue, _ schema: JSONValue, path: String, isRoot: Bool, _ unknown: inout [String]) {
        switch value {
        case .object(var object):
            let properties = schema["properties"]
            let keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"]?.boolValue == true
            for key in object.keys {
                if isRoot, ["apiVersion", "kind", "metadata"].contains(key) { continue }
                let place = path.isEmpty ? key : "\(path).\(key)"
                let known = properties?[key] ?? schema["additionalProperties"]?.objectValue.map(JSONValue.object)
                if let known, var child = object[key] {
                    prune(&child, known, path: place, isRoot: false, &unknown)
                    object[key] = child
                } else if !keepsUnknown, schema["additionalProperties"] != true {
                    object[key] = nil
                    unknown.append(place)
                }
            }
            value = .object(object)
        case .array(var elements):
            guard let items = schema["items"] else { return }
            for index in elements.indices { prune(&elements[index], items, path: "\(path)[\(index)]", isRoot: false, &unknown) }
            value = .array(elements)
        default: return
        }
    }

    // MARK: Defaults

    func applyDefaults(to object: inout KubernetesObject) {
        var value = object.value
        Self.fill(&value, root)
        if let filled = KubernetesObject(value) { object = filled }
    }

    private static func fill(_ value: inout JSONValue, _ schema: JSONValue) {
        switch value {
        case .object(var object):
            for (key, property) in schema["properties"]?.objectValue ?? [:] {
                if object[key] == nil, let fallback = property["default"] { object[key] = fallback }
                if var child = object[key] {
                    fill(&child, property)
                    object[key] = child
                }
            }
            if let additional = schema["additionalProperties"], additional.objectValue != nil {
                object = object.mapValues { child in
                    var child = child
                    fill(&child, additional)
                    return child
                }
            }
            value = .object(object)
        case .array(var elements):
            guard let items = schema["items"] else { return }
            for index in elements.indices { fill(&elements[index], items) }
            value = .array(elements)
        default: return
        }
    }

    // MARK: Validation

    func errors(in object: KubernetesObject) -> [FieldError] {
        var errors: [FieldError] = []
        let own = object.value
        Self.validate(own, root, FieldPath.root, &errors)
        return errors
    }

    private static func validate(_ value: JSONValue, _ schema: JSONValue, _ path: FieldPath, _ errors: inout [FieldError]) {
        if value == .null, schema["nullable"]?.boolValue == true { return }
        let name = path.description
        if let type = schema["type"]?.stringValue, !isOf(value, type) {
            let isMixed = schema["x-kubernetes-int-or-string"]?.boolValue == true
            if !isMixed {
                let detail = "\(name) in body must be of type \(type): \(GoJSONMessage.kind(of: value).goQuoted)"
                errors.append(FieldError(path, .typeInvalid, value: value, detail: detail))
                return
            }
        }
        if let allowed = schema["enum"]?.arrayValue, !allowed.contains(value) {
            errors.append(.notSupported(path, value, allowed.map { $0.stringValue ?? $0.description }))
        }
        validateBounds(of: value, schema, path, &errors)
        switch value {
        case .object(let object): validateMembers(of: object, schema, path, &errors)
        case .array(let elements):
            guard let items = schema["items"] else { return }
            for (index, element) in elements.enumerated() { validate(element, items, path[index], &errors) }
        default: return
        }
    }

    private static func validateMembers(of object: JSONObject, _ schema: JSONValue, _ path: FieldPath, _ errors: inout [FieldError]) {
        for required in schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] where object[required] == nil {
            errors.append(.required(path[required]))
        }
        for (key, child) in object {
            let isOwn = path == .root && ["apiVersion", "kind", "metadata"].contains(key)
            if !isOwn, let property = schema["properties"]?[key] { validate(child, property, path[key], &errors) }
        }
    }

    private static func validateBounds(of value: JSONValue, _ schema: JSONValue, _ path: FieldPath, _ errors: inout [FieldError]) {
        let name = path.description
        if let number = value.numberValue {
            if let minimum = schema["minimum"]?.numberValue, number.doubleValue < minimum.doubleValue {
                errors.append(.invalid(path, value, "\(name) in body should be greater than or equal to \(minimum.text)"))
            }
            if let maximum = schema["maximum"]?.numberValue, number.doubleValue > maximum.doubleValue {
                errors.append(.invalid(path, value, "\(name) in body should be less than or equal to \(maximum.text)"))
            }
        }
        if let text = value.stringValue { validateText(text, schema, path, &errors) }
        if let count = value.arrayValue?.count {
            if let minimum = schema["minItems"]?.intValue, count < minimum {
                errors.append(.invalid(path, JSONValue(count), "\(name) in body should have at least \(minimum) items"))
            }
            if let maximum = schema["maxItems"]?.intValue, count > maximum {
                errors.append(.tooMany(path, count, maximum: maximum))
            }
        }
    }

    private static func validateText(_ text: String, _ schema: JSONValue, _ path: FieldPath, _ errors: inout [FieldError]) {
        if let minimum = schema["minLength"]?.intValue, text.unicodeScalars.count < minimum {
            errors.append(.invalid(path, .string(text), "\(path) in body should be at least \(minimum) chars long"))
        }
        if let maximum = schema["maxLength"]?.intValue, text.unicodeScalars.count > maximum {
            errors.append(.tooLong(path, maximumBytes: maximum))
        }
        guard let pattern = schema["pattern"]?.stringValue, let expression = try? Regex(pattern) else { return }
        if text.firstMatch(of: expression) == nil {
            errors.append(.invalid(path, .string(text), "\(path) in body should match '\(pattern)'"))
        }
    }

    private static func isOf(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("number", .number): true
        case ("integer", .number(let number)): number.intValue != nil
        default: false
        }
    }
}
