import KubernetesModel

/// Which requests are served together, and how many at once.
enum FlowControlRules {
    static func flow(_ change: ObjectChange, _ errors: inout [FieldError]) {
        flow(change.spec, named: change.name, &errors)
    }

    static func level(_ change: ObjectChange, _ errors: inout [FieldError]) {
        level(change.spec, named: change.name, &errors)
    }

    private static func flow(_ spec: JSONObject, named name: String, _ errors: inout [FieldError]) {
        let (path, precedence) = (FieldPath.spec["matchingPrecedence"], spec.int("matchingPrecedence") ?? 0)
        if precedence <= 0 { errors.invalid(path, JSONValue(precedence), "must be a positive value") }
        if precedence > 10_000 { errors.invalid(path, JSONValue(precedence), "must not be greater than 10000") }
        if precedence == 1, name != "exempt" {
            errors.invalid(path, 1, "only the schema named 'exempt' may have matchingPrecedence 1")
        }
        if let method = spec.object("distinguisherMethod"), !["ByNamespace", "ByUser"].contains(method.string("type")) {
            errors.append(.notSupported(.spec["distinguisherMethod"]["type"], .object(method), ["ByNamespace", "ByUser"]))
        }
        let level = spec.object("priorityLevelConfiguration") ?? [:]
        errors.checkRequired(level, "name", at: .spec["priorityLevelConfiguration"], "must reference a priority level")
        errors.checkText(level, "name", NameRules.subdomain, at: .spec["priorityLevelConfiguration"])
        for (index, rule) in spec.objects("rules").enumerated() { FlowRules.validate(rule, at: .spec["rules"][index], &errors) }
    }

    private static func level(_ spec: JSONObject, named name: String, _ errors: inout [FieldError]) {
        let (type, path) = (spec.string("type"), FieldPath.spec)
        if (name == "exempt") != (type == "Exempt") {
            errors.invalid(path["type"], .string(type), "type must be 'Exempt' if and only if name is 'exempt'")
        }
        switch type {
        case "Exempt":
            errors.checkAbsent(spec, ["limited"], at: path, "must be nil if the type is not Limited")
            shares(spec.object("exempt") ?? [:], at: path["exempt"], minimum: 0, &errors)
        case "Limited":
            errors.checkAbsent(spec, ["exempt"], at: path, "must be nil if the type is Limited")
            guard let limited = spec.object("limited") else {
                return errors.required(path["limited"], "must not be empty when type is Limited")
            }
            shares(limited, at: path["limited"], minimum: 0, &errors)
            response(limited.object("limitResponse") ?? [:], at: path["limited"]["limitResponse"], &errors)
        default: errors.append(.notSupported(path["type"], .string(type), ["Exempt", "Limited"]))
        }
    }

    private static func shares(_ level: JSONObject, at path: FieldPath, minimum: Int, _ errors: inout [FieldError]) {
        if let shares = level.int("nominalConcurrencyShares"), shares < minimum {
            errors.invalid(path["nominalConcurrencyShares"], JSONValue(shares), "must be a non-negative integer")
        }
        errors.checkRange(level, "lendablePercent", 0...100, at: path)
        if let percent = level.int("borrowingLimitPercent"), percent < 0 {
            errors.invalid(path["borrowingLimitPercent"], JSONValue(percent), "if specified, must be a non-negative integer")
        }
    }

    private static func response(_ response: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        switch response.string("type") {
        case "Reject":
            errors.checkAbsent(response, ["queuing"], at: path, "must be nil if limited.limitResponse.type is not Limited")
        case "Queue":
            guard let queuing = response.object("queuing") else {
                return errors.required(path["queuing"], "must not be empty if limited.limitResponse.type is Limited")
            }
            self.queuing(queuing, at: path["queuing"], &errors)
        case let type: errors.append(.notSupported(path["type"], .string(type), ["Queue", "Reject"]))
        }
    }

    private static let mostQueues = 10_000_000

    private static func queuing(_ queuing: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (queues, hand) = (queuing.int("queues") ?? 0, queuing.int("handSize") ?? 0)
        if let limit = queuing.int("queueLengthLimit"), limit <= 0 {
            errors.invalid(path["queueLengthLimit"], JSONValue(limit), "must be positive")
        }
        if queues <= 0 {
            errors.invalid(path["queues"], JSONValue(queues), "must be positive")
        } else if queues > mostQueues {
            errors.invalid(path["queues"], JSONValue(queues), "must not be greater than \(mostQueues)")
        }
        if hand <= 0 {
            errors.invalid(path["handSize"], JSONValue(hand), "must be positive")
        } else if hand > queues {
            errors.invalid(path["handSize"], JSONValue(hand), "should not be greater than queues (\(queues))")
        }
    }
}

/// Who sends the requests of a flow, and what they ask for.
private enum FlowRules {
    static func validate(_ rule: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let subjects = rule.objects("subjects")
        for (index, subject) in subjects.enumerated() { self.subject(subject, at: path["subjects"][index], &errors) }
        if subjects.isEmpty { errors.required(path["subjects"], "subjects must contain at least one value") }
        let (resources, others) = (rule.objects("resourceRules"), rule.objects("nonResourceRules"))
        if resources.isEmpty, others.isEmpty {
            errors.required(path, "at least one of resourceRules and nonResourceRules has to be non-empty")
        }
        for (index, rule) in resources.enumerated() { resource(rule, at: path["resourceRules"][index], &errors) }
        for (index, rule) in others.enumerated() {
            let path = path["nonResourceRules"][index]
            verbs(rule.strings("verbs"), at: path["verbs"], &errors)
            urls(rule.strings("nonResourceURLs"), at: path["nonResourceURLs"], &errors)
        }
    }

    private static let kinds = [("Group", "group"), ("ServiceAccount", "serviceAccount"), ("User", "user")]

    private static func subject(_ subject: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let kind = subject.string("kind")
        guard let own = kinds.first(where: { $0.0 == kind })?.1 else {
            return errors.append(.notSupported(path["kind"], .string(kind), kinds.map(\.0)))
        }
        if let named = subject.object(own) {
            errors.checkRequired(named, "name", at: path[own])
            if kind == "ServiceAccount" {
                errors.checkText(named, "name", { $0 == "*" ? [] : NameRules.subdomain($0) }, at: path[own])
                errors.checkRequired(named, "namespace", at: path[own], "must specify namespace for service account")
                errors.checkText(named, "namespace", NameRules.label, at: path[own])
            }
        } else {
            errors.required(path[own], "\(own) is required when subject kind is '\(kind)'")
        }
        for (name, key) in kinds where key != own && subject.present(key) != nil {
            errors.forbidden(path[key], "\(key) is forbidden when subject kind is not '\(name)'")
        }
    }

    private static let knownVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"]

    private static func verbs(_ verbs: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        if verbs.isEmpty { return errors.required(path, "verbs must contain at least one value") }
        if verbs.contains("*") { return alone(verbs, "verbs", at: path, &errors) }
        if !verbs.allSatisfy(knownVerbs.contains) { errors.append(.notSupported(path, JSONValue(verbs), knownVerbs)) }
    }

    private static func alone(_ values: [String], _ words: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard values.count > 1, values.contains("*") else { return }
        errors.invalid(path, JSONValue(values), "if '*' is present, must not specify other \(words)")
    }

    private static func resource(_ rule: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        verbs(rule.strings("verbs"), at: path["verbs"], &errors)
        for (key, one, many) in [("apiGroups", "api group", "api groups"), ("resources", "resource", "resources")] {
            if rule.strings(key).isEmpty { errors.required(path[key], "resource rules must supply at least one \(one)") }
            alone(rule.strings(key), many, at: path[key], &errors)
        }
        let namespaces = rule.strings("namespaces")
        if namespaces.isEmpty, !rule.bool("clusterScope") {
            return errors.required(
                path["namespaces"], "resource rules that are not cluster scoped must supply at least one namespace")
        }
        if namespaces.contains("*") { return alone(namespaces, "namespaces", at: path["namespaces"], &errors) }
        for (index, name) in namespaces.enumerated() {
            let words = "each member of this list must be '*' or a DNS-1123 label; "
            errors.invalid(path["namespaces"][index], .string(name), NameRules.label(name).map { words + $0 })
        }
    }

    private static func urls(_ urls: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        if urls.isEmpty { return errors.required(path, "nonResourceURLs must contain at least one value") }
        if urls.contains("*") { return alone(urls, "non-resource URLs", at: path, &errors) }
        for (index, url) in urls.enumerated() {
            if let problem = problem(with: url) { errors.invalid(path[index], .string(url), problem) }
        }
    }

    private static func problem(with url: String) -> String? {
        if url.isEmpty { return "must not be empty" }
        if !url.hasPrefix("/") { return "must start with slash" }
        if url.contains(" ") { return "must not contain white-space" }
        if url.contains("//") { return "must not contain double slash" }
        let stars = url.filter { $0 == "*" }.count
        return stars > 1 || stars == 1 && !url.hasSuffix("/*") ? "wildcard can only do suffix matching" : nil
    }
}
