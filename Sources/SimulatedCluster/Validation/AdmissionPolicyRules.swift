import KubernetesModel

/// Admission policies, whose rules are expressions, and their bindings.
enum AdmissionPolicyRules {
    static func validatingPolicy(_ change: ObjectChange, _ errors: inout [FieldError]) {
        common(change.spec, &errors)
        validations(change.spec, of: change.name, &errors)
    }

    static func validatingBinding(_ change: ObjectChange, _ errors: inout [FieldError]) {
        binding(change.spec, &errors)
        actions(change.spec.strings("validationActions"), at: .spec["validationActions"], &errors)
    }

    static func mutatingPolicy(_ change: ObjectChange, _ errors: inout [FieldError]) {
        common(change.spec, &errors)
        if change.spec.objects("mutations").isEmpty {
            errors.required(.spec["mutations"], "mutations must contain at least one item")
        }
        errors.checkChoice(change.spec, "reinvocationPolicy", ["IfNeeded", "Never"], at: .spec, isRequired: true)
    }

    private static func common(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        errors.checkChoice(spec, "failurePolicy", ["Fail", "Ignore"], at: path, isRequired: true)
        if let kind = spec.object("paramKind") { parameterKind(kind, at: path["paramKind"], &errors) }
        if let match = spec.object("matchConstraints") {
            self.match(match, at: path["matchConstraints"], &errors)
            if match.objects("resourceRules").isEmpty { errors.required(path["matchConstraints"]["resourceRules"]) }
        } else {
            errors.required(path["matchConstraints"])
        }
        AdmissionConditions.validate(spec.objects("matchConditions"), at: path["matchConditions"], &errors)
        for (index, variable) in spec.objects("variables").enumerated() {
            let (name, path) = (variable.string("name"), path["variables"][index])
            if name.isEmpty {
                errors.required(path["name"], "name is not specified")
            } else if !AdmissionConditions.isIdentifier(name) {
                errors.invalid(path["name"], .string(name), "name is not a valid CEL identifier")
            }
            AdmissionConditions.expression(variable, "expression", missing: "expression is not specified", at: path, &errors)
        }
    }

    private static func parameterKind(_ kind: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let version = kind.string("apiVersion")
        let parts = version.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if version.isEmpty {
            errors.required(path["apiVersion"])
        } else if parts.count > 2 {
            errors.invalid(path["apiVersion"], .string(version), "unexpected GroupVersion string: \(version)")
        } else {
            let last = parts.last ?? ""
            errors.invalid(path["apiVersion"], .string(last), last.isEmpty ? ["version must be specified"] : Names.label1035(last))
        }
        errors.checkRequired(kind, "kind", at: path)
        errors.checkText(kind, "kind", { Names.label1035($0.lowercased()) }, at: path)
    }

    private static func match(_ match: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkChoice(match, "matchPolicy", ["Equivalent", "Exact"], at: path, isRequired: true)
        for key in ["namespaceSelector", "objectSelector"] {
            if let selector = match.object(key) {
                SelectorRules.validate(selector, at: path[key], &errors)
            } else {
                errors.required(path[key])
            }
        }
        for list in ["resourceRules", "excludeResourceRules"] {
            for (index, rule) in match.objects(list).enumerated() {
                let path = path[list][index]
                var names: Set<String> = []
                for (position, name) in rule.strings("resourceNames").enumerated() {
                    errors.invalid(path["resourceNames"][position], .string(name), Names.pathSegment(name))
                    errors.checkUnique(name, &names, at: path["resourceNames"][position])
                }
                AdmissionRules.validate(rule, at: path, &errors)
            }
        }
    }

    private static let reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"]

    private static func validations(_ spec: JSONObject, of policy: String, _ errors: inout [FieldError]) {
        let (validations, annotations) = (spec.objects("validations"), spec.objects("auditAnnotations"))
        if validations.isEmpty, annotations.isEmpty {
            for key in ["validations", "auditAnnotations"] {
                errors.required(.spec[key], "validations or auditAnnotations must contain at least one item")
            }
        }
        for (index, validation) in validations.enumerated() {
            let path = FieldPath.spec["validations"][index]
            AdmissionConditions.expression(validation, "expression", missing: "expression is not specified", at: path, &errors)
            AdmissionConditions.optional(validation, "messageExpression", "must be non-empty if specified", at: path, &errors)
            let message = validation.string("message")
            if !message.isEmpty, message.allSatisfy(\.isWhitespace) {
                errors.invalid(path["message"], .string(message), "message must be non-empty if specified")
            } else if message.contains(where: \.isNewline) {
                errors.invalid(path["message"], .string(message), "message must not contain line breaks")
            }
            errors.checkChoice(validation, "reason", reasons, at: path)
        }
        var keys: Set<String> = []
        for (index, annotation) in annotations.enumerated() {
            let (path, key) = (FieldPath.spec["auditAnnotations"][index], annotation.string("key"))
            errors.invalid(path["key"], .string("\(policy)/\(key)"), NameRules.qualifiedName("\(policy)/\(key)"))
            AdmissionConditions.expression(annotation, "valueExpression", missing: "valueExpression is not specified", at: path, &errors)
            errors.checkUnique(key, &keys, at: path["key"])
        }
    }

    // MARK: Bindings

    static func binding(_ spec: JSONObject, _ errors: inout [FieldError]) {
        errors.checkRequiredText(spec, "policyName", NameRules.subdomain, at: .spec)
        if let reference = spec.object("paramRef") { parameters(reference, at: .spec["paramRef"], &errors) }
        if let match = spec.object("matchResources") { self.match(match, at: .spec["matchResources"], &errors) }
    }

    private static func parameters(_ reference: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let selector = reference.object("selector")
        let hasBoth = selector != nil && !reference.string("name").isEmpty
        errors.checkText(reference, "name", Names.pathSegment, at: path)
        if hasBoth { errors.forbidden(path["name"], "name and selector are mutually exclusive") }
        if let selector { SelectorRules.validate(selector, at: path["selector"], &errors) }
        if hasBoth { errors.forbidden(path["selector"], "name and selector are mutually exclusive") }
        if selector == nil, reference.string("name").isEmpty { errors.required(path, "one of name or selector must be specified") }
        errors.checkChoice(reference, "parameterNotFoundAction", ["Deny", "Allow"], at: path, isRequired: true)
    }

    private static func actions(_ actions: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        let supported = ["Audit", "Deny", "Warn"]
        var seen: Set<String> = []
        for (index, action) in actions.enumerated() {
            if !supported.contains(action) { errors.append(.notSupported(path[index], .string(action), supported)) }
            errors.checkUnique(action, &seen, at: path[index])
        }
        if seen.isSuperset(of: ["Deny", "Warn"]) {
            errors.invalid(
                path, JSONValue(actions),
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers "
                    + "serves no purpose)"
            )
        }
        if seen.isEmpty { errors.required(path, "at least one validation action is required") }
    }
}

/// Expressions that webhooks and policies carry.
enum AdmissionConditions {
    static func validate(_ conditions: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        if conditions.count > 64 { errors.append(.tooMany(path, conditions.count, maximum: 64)) }
        var names: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            expression(condition, "expression", missing: "", at: path[index], &errors)
            errors.checkRequiredText(condition, "name", NameRules.qualifiedName, at: path[index])
            let name = condition.string("name")
            if !name.isEmpty { errors.checkUnique(name, &names, at: path[index]["name"]) }
        }
    }

    static func expression(_ json: JSONObject, _ key: String, missing: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let text = json.string(key)
        if text.allSatisfy(\.isWhitespace) { return errors.required(path[key], missing) }
        do throws(ExpressionError) {
            _ = try Expression(text)
        } catch {
            errors.invalid(path[key], .string(text), "compilation failed: ERROR: <input>:1:1: \(error)")
        }
    }

    static func optional(_ json: JSONObject, _ key: String, _ empty: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let text = json.string(key)
        guard !text.isEmpty else { return }
        if text.allSatisfy(\.isWhitespace) { return errors.invalid(path[key], .string(text), empty) }
        expression(json, key, missing: "", at: path, &errors)
    }

    private static let reserved: Set = [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null",
        "package", "return", "true", "var", "void", "while",
    ]

    static func isIdentifier(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { byte in byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) }
        return isPlain && !(name.utf8.first.map { (0x30...0x39).contains($0) } ?? true) && !reserved.contains(name)
    }
}
