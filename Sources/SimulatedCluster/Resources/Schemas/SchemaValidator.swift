import KubernetesModel

/// Holds values against OpenAPI schemas, in the words of the library that API servers use (kube-openapi's validation).
struct SchemaValidator {
    /// Those of the schema.
    let patterns: SchemaPatterns

    func errors(in value: JSONValue, _ schema: JSONValue, at path: FieldPath) -> [FieldError] {
        if value == .null, schema["nullable"] == true { return [] }
        if let mismatch = typeError(of: value, schema, path) { return [mismatch] }
        var errors = combined(value, schema, path)
        if let allowed = schema["enum"]?.arrayValue, !allowed.contains(where: { ExpressionArithmetic.areEqual($0, value) }) {
            errors.append(.notSupported(path, value, allowed.map { $0.stringValue ?? GoText.of($0) }))
        }
        switch value {
        case .number(let number): errors += bounds(of: number, schema, path)
        case .string(let text): errors += self.errors(in: text, schema, path)
        case .array(let elements): errors += self.errors(in: elements, schema, path)
        case .object(let object): errors += self.errors(in: object, schema, path)
        default: break
        }
        return errors
    }

    private func typeError(of value: JSONValue, _ schema: JSONValue, _ path: FieldPath) -> FieldError? {
        if schema["x-kubernetes-int-or-string"] == true {
            if ["integer", "string"].contains(SchemaValues.typeName(of: value)) { return nil }
            return wrongType(path, value, "integer,string")
        }
        guard let type = schema["type"]?.stringValue, !SchemaValues.isOf(value, type) else { return nil }
        return wrongType(path, value, type)
    }

    private func wrongType(_ path: FieldPath, _ value: JSONValue, _ type: String) -> FieldError {
        let found = SchemaValues.typeName(of: value)
        let detail = "\(path) in body must be of type \(type): \(found.goQuoted)"
        return FieldError(path, .typeInvalid, value: .string(found), detail: detail)
    }

    // MARK: allOf, anyOf, oneOf, not

    private func combined(_ value: JSONValue, _ schema: JSONValue, _ path: FieldPath) -> [FieldError] {
        func alternatives(_ key: String) -> [[FieldError]] {
            (schema[key]?.arrayValue ?? []).map { errors(in: value, $0, at: path) }
        }
        func unplaced(_ text: String) -> FieldError { .invalid(FieldPath("<nil>"), "", "\(path.description.goQuoted) \(text)") }
        var result: [FieldError] = []
        let any = alternatives("anyOf")
        if !any.isEmpty, !any.contains(where: \.isEmpty) {
            result.append(unplaced("must validate at least one schema (anyOf)"))
            result += any.min { $0.count < $1.count } ?? []
        }
        let one = alternatives("oneOf")
        let valid = one.count(where: \.isEmpty)
        if !one.isEmpty, valid != 1 {
            let count = valid == 0 ? "Found none valid" : "Found \(valid) valid alternatives"
            result.append(unplaced("must validate one and only one schema (oneOf). \(count)"))
            if valid == 0 { result += one.min { $0.count < $1.count } ?? [] }
        }
        let all = alternatives("allOf")
        if all.contains(where: { !$0.isEmpty }) {
            result += all.flatMap(\.self)
            let none = all.contains(where: \.isEmpty) ? "" : " None validated"
            result.append(unplaced("must validate all the schemas (allOf).\(none)"))
        }
        if let forbidden = schema["not"], forbidden.objectValue != nil, errors(in: value, forbidden, at: path).isEmpty {
            result.append(unplaced("must not validate the schema (not)"))
        }
        return result
    }

    // MARK: Scalars

    private func bounds(of number: JSONNumber, _ schema: JSONValue, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        func refuse(_ detail: String) { errors.append(.invalid(path, .number(number), "\(path) in body should be \(detail)")) }
        let value = number.doubleValue
        if let least = schema["minimum"]?.numberValue {
            let isOpen = schema["exclusiveMinimum"] == true
            if value < least.doubleValue || (isOpen && value == least.doubleValue) {
                refuse("greater than \(isOpen ? "" : "or equal to ")\(least.text)")
            }
        }
        if let most = schema["maximum"]?.numberValue {
            let isOpen = schema["exclusiveMaximum"] == true
            if value > most.doubleValue || (isOpen && value == most.doubleValue) {
                refuse("less than \(isOpen ? "" : "or equal to ")\(most.text)")
            }
        }
        if let factor = schema["multipleOf"]?.numberValue, factor.doubleValue > 0 {
            let ratio = value / factor.doubleValue
            if ratio != ratio.rounded() { refuse("a multiple of \(factor.text)") }
        }
        return errors
    }

    private func errors(in text: String, _ schema: JSONValue, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let count = text.unicodeScalars.count
        if let most = schema["maxLength"]?.intValue, count > most { errors.append(.tooLong(path, maximumBytes: most)) }
        if let least = schema["minLength"]?.intValue, count < least {
            errors.append(.invalid(path, .string(text), "\(path) in body should be at least \(least) chars long"))
        }
        if let pattern = schema["pattern"]?.stringValue, let expression = patterns[pattern], !expression.matches(text) {
            errors.append(.invalid(path, .string(text), "\(path) in body should match '\(pattern)'"))
        }
        if let format = schema["format"]?.stringValue, !SchemaValues.hasFormat(text, format) {
            let detail = "\(path) in body must be of type \(format): \(text.goQuoted)"
            errors.append(FieldError(path, .typeInvalid, value: .string(text), detail: detail))
        }
        return errors
    }

    // MARK: Lists and objects

    private func errors(in elements: [JSONValue], _ schema: JSONValue, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let least = schema["minItems"]?.intValue, elements.count < least {
            errors.append(.invalid(path, JSONValue(elements.count), "\(path) in body should have at least \(least) items"))
        }
        if let most = schema["maxItems"]?.intValue, elements.count > most { errors.append(.tooMany(path, elements.count, maximum: most)) }
        if let items = schema["items"] {
            for (index, element) in elements.enumerated() where errors.count < StatusError.mostErrors {
                errors += self.errors(in: element, items, at: path[index])
            }
        }
        return errors + duplicates(in: elements, schema, path)
    }

    private func duplicates(in elements: [JSONValue], _ schema: JSONValue, _ path: FieldPath) -> [FieldError] {
        let keys = schema["x-kubernetes-list-map-keys"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let identity: (JSONValue) -> JSONValue
        switch schema["x-kubernetes-list-type"]?.stringValue {
        case "set": identity = { $0 }
        case "map": identity = { element in .object(JSONObject(keys.compactMap { key in element[key].map { (key, $0) } })) }
        default: return []
        }
        var seen: Set<JSONValue> = []
        return elements.enumerated().compactMap { index, element in
            let value = identity(element)
            return seen.insert(value).inserted ? nil : .duplicate(path[index], value)
        }
    }

    private func errors(in object: JSONObject, _ schema: JSONValue, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let most = schema["maxProperties"]?.intValue, object.count > most { errors.append(.tooMany(path, object.count, maximum: most)) }
        if let least = schema["minProperties"]?.intValue, object.count < least {
            errors.append(.invalid(path, JSONValue(object.count), "\(path) in body should have at least \(least) properties"))
        }
        for name in schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] where object[name] == nil {
            errors.append(.required(path[name]))
        }
        for key in object.keys.sorted() where errors.count < StatusError.mostErrors {
            guard let child = object[key], !(path == .root && ["apiVersion", "kind", "metadata"].contains(key)) else { continue }
            if let property = schema["properties"]?[key] {
                errors += self.errors(in: child, property, at: path[key])
            } else if let additional = schema["additionalProperties"], additional.objectValue != nil {
                errors += self.errors(in: child, additional, at: path[key])
            }
        }
        return errors
    }
}
