import KubernetesModel

/// The rules of `x-kubernetes-validations`, about a value and, for those that name `oldSelf`, the one it replaces.
enum SchemaExpressions {
    static func errors(in value: JSONValue, replacing old: JSONValue?, _ schema: JSONValue, at path: FieldPath) -> [FieldError] {
        if value == .null { return [] }
        var errors: [FieldError] = []
        for rule in schema["x-kubernetes-validations"]?.arrayValue ?? [] {
            if let error = error(of: rule, value, old, schema, path) { errors.append(error) }
        }
        switch value {
        case .object(let object):
            for key in object.keys.sorted() {
                guard let child = object[key], let property = schema["properties"]?[key] ?? additional(schema) else { continue }
                errors += self.errors(in: child, replacing: old?[key], property, at: path[key])
            }
        case .array(let elements):
            guard let items = schema["items"] else { break }
            let partners = ListPartners(of: old, schema)
            for (index, element) in elements.enumerated() {
                errors += self.errors(in: element, replacing: partners.partner(of: element), items, at: path[index])
            }
        default: break
        }
        return errors
    }

    static func exist(in schema: JSONValue) -> Bool {
        if schema["x-kubernetes-validations"] != nil { return true }
        let inner = (schema["properties"]?.objectValue?.values ?? []) + [schema["items"], additional(schema)].compactMap(\.self)
        return inner.contains(where: exist)
    }

    private static func additional(_ schema: JSONValue) -> JSONValue? {
        schema["additionalProperties"].flatMap { $0.objectValue == nil ? nil : $0 }
    }

    private static func error(
        of rule: JSONValue, _ value: JSONValue, _ old: JSONValue?, _ schema: JSONValue, _ path: FieldPath
    ) -> FieldError? {
        let text = rule["rule"]?.stringValue ?? ""
        let isTransition = text.contains("oldSelf")
        let mayLackOld = rule["optionalOldSelf"] == true
        if isTransition, old == nil, !mayLackOld { return nil }
        var variables = ["self": value]
        variables["oldSelf"] = old ?? (mayLackOld ? .null : nil)
        let evaluator = ExpressionEvaluator(variables)
        let type = JSONValue.string(schema["type"]?.stringValue ?? SchemaValues.typeName(of: value))
        do throws(ExpressionError) {
            if try evaluator.flag(Expression(text)) { return nil }
        } catch {
            return .invalid(path, type, "\(error) evaluating rule: \(message(of: rule, evaluator))")
        }
        let place = rule["fieldPath"]?.stringValue.map { FieldPath(path.description + $0) } ?? path
        return FieldError(place, kind(of: rule), value: type, detail: message(of: rule, evaluator))
    }

    private static func kind(of rule: JSONValue) -> FieldError.Kind {
        FieldError.Kind(rawValue: rule["reason"]?.stringValue ?? "") ?? .invalid
    }

    private static func message(of rule: JSONValue, _ evaluator: ExpressionEvaluator) -> String {
        if let text = rule["messageExpression"]?.stringValue, let expression = try? Expression(text),
            let message = try? evaluator.value(of: expression).stringValue, !message.isEmpty
        {
            return message
        }
        if let message = rule["message"]?.stringValue, !message.isEmpty { return message }
        return "failed rule: \(rule["rule"]?.stringValue ?? "")"
    }
}

/// The elements that those of a list with keys replace; elements of other lists replace none.
private struct ListPartners {
    private let keys: [String]
    private var before: [JSONValue: JSONValue] = [:]

    init(of old: JSONValue?, _ schema: JSONValue) {
        keys = schema["x-kubernetes-list-map-keys"]?.arrayValue?.compactMap(\.stringValue) ?? []
        guard schema["x-kubernetes-list-type"] == "map" else { return }
        for element in old?.arrayValue ?? [] where before[identity(of: element)] == nil { before[identity(of: element)] = element }
    }

    func partner(of element: JSONValue) -> JSONValue? {
        before.isEmpty ? nil : before[identity(of: element)]
    }

    private func identity(of element: JSONValue) -> JSONValue {
        .array(keys.map { element[$0] ?? .null })
    }
}
