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
            for (index, element) in elements.enumerated() {
                errors += self.errors(in: element, replacing: partner(of: element, in: old, schema), items, at: path[index])
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

    /// The element that an element of a list with keys replaces; others have none.
    private static func partner(of element: JSONValue, in old: JSONValue?, _ schema: JSONValue) -> JSONValue? {
        guard schema["x-kubernetes-list-type"] == "map", let before = old?.arrayValue else { return nil }
        let keys = schema["x-kubernetes-list-map-keys"]?.arrayValue?.compactMap(\.stringValue) ?? []
        return before.first { candidate in keys.allSatisfy { candidate[$0] == element[$0] } }
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
