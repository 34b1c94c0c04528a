import KubernetesModel

/// The rules that a schema holds values against: how they are written, and whether they can be read.
enum SchemaRuleRules {
    static func form(of rule: JSONValue, _ schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        let (text, message) = (rule.text("rule"), rule.text("message"))
        if isBlank(text) {
            errors.required(path["rule"], "rule is not specified")
        } else if !message.isEmpty, isBlank(message) {
            errors.invalid(path["message"], .string(message), "must be non-empty if specified")
        } else if hasBreaks(trimmed(message)) {
            errors.invalid(path["message"], .string(message), "must not contain line breaks")
        } else if hasBreaks(trimmed(text)), isBlank(message) {
            errors.required(path["message"], "message must be specified if rule contains line breaks")
        }
        if !rule.text("messageExpression").isEmpty, isBlank(rule.text("messageExpression")) {
            errors.required(path["messageExpression"], "messageExpression must be non-empty if specified")
        }
        if let reason = rule["reason"]?.stringValue, !reasons.contains(reason) {
            errors.append(.notSupported(path["reason"], .string(reason), reasons))
        }
        field(rule.text("fieldPath"), schema, at: path["fieldPath"], &errors)
    }

    private static let reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"]

    private static func field(_ text: String, _ schema: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        guard !text.isEmpty else { return }
        if isBlank(text) { errors.invalid(path, .string(text), "must be non-empty if specified") }
        if hasBreaks(text) { errors.invalid(path, .string(text), "must not contain line breaks") }
        if (try? SchemaPath.follow(text, in: schema, allowsBrackets: true)) == nil {
            errors.invalid(path, .string(text), "must be a valid path")
        }
    }

    /// - Parameter unpaired: the schema above whose values can't be found again after a change.
    static func meaning(of rule: JSONValue, unpaired: FieldPath?, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["rule", "messageExpression"] where !rule.text(key).isEmpty {
            do throws(ExpressionError) {
                _ = try Expression(rule.text(key))
            } catch {
                let words = key == "rule" ? "compilation failed" : "messageExpression compilation failed"
                errors.invalid(path[key], .object(rule.objectValue ?? [:]), "\(words): ERROR: <input>:1:1: \(error)")
            }
        }
        let text = rule.text("rule")
        if text.contains("oldSelf") {
            guard let unpaired else { return }
            errors.invalid(
                path["rule"], .string(text), "oldSelf cannot be used on the uncorrelatable portion of the schema within \(unpaired)")
        } else if let flag = rule["optionalOldSelf"], flag != .null {
            errors.invalid(path["optionalOldSelf"], flag, "may not be set if oldSelf is not used in rule")
        }
    }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
    private static func hasBreaks(_ text: String) -> Bool { text.contains(where: \.isNewline) }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
