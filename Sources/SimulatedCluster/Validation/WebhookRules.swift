import KubernetesModel

/// Configurations of admission webhooks.
enum WebhookRules {
    static func webhooks(_ configuration: JSONObject, isMutating: Bool, _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, hook) in configuration.objects("webhooks").enumerated() {
            let path = FieldPath("webhooks")[index]
            webhook(hook, at: path, isMutating: isMutating, &errors)
            ReviewVersions.validate(
                hook.strings("admissionReviewVersions"), missing: "must specify one of v1, v1beta1", at: path["admissionReviewVersions"],
                &errors
            )
            if !hook.string("name").isEmpty { errors.checkUnique(hook.string("name"), &names, at: path["name"]) }
        }
    }

    private static func webhook(_ hook: JSONObject, at path: FieldPath, isMutating: Bool, _ errors: inout [FieldError]) {
        errors.checkRequiredText(hook, "name", { Names.domain($0, parts: 3) }, at: path)
        for (index, rule) in hook.objects("rules").enumerated() { AdmissionRules.validate(rule, at: path["rules"][index], &errors) }
        errors.checkChoice(hook, "failurePolicy", ["Fail", "Ignore"], at: path)
        errors.checkChoice(hook, "matchPolicy", ["Equivalent", "Exact"], at: path)
        errors.checkRequired(hook, "sideEffects", at: path, "must specify one of None, NoneOnDryRun")
        errors.checkChoice(hook, "sideEffects", ["None", "NoneOnDryRun"], at: path)
        if let seconds = hook.int("timeoutSeconds"), !(1...30).contains(seconds) {
            errors.invalid(path["timeoutSeconds"], JSONValue(seconds), "the timeout value must be between 1 and 30 seconds")
        }
        for key in ["namespaceSelector", "objectSelector"] {
            if let selector = hook.object(key) { SelectorRules.validate(selector, at: path[key], &errors) }
        }
        if isMutating { errors.checkChoice(hook, "reinvocationPolicy", ["IfNeeded", "Never"], at: path) }
        WebhookClientRules.validate(hook.object("clientConfig") ?? [:], at: path["clientConfig"], &errors)
        AdmissionConditions.validate(hook.objects("matchConditions"), at: path["matchConditions"], &errors)
    }
}

/// Which requests a webhook or a policy is about.
enum AdmissionRules {
    private static let operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]

    static func validate(_ rule: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let operations = rule.strings("operations")
        if operations.isEmpty { errors.required(path["operations"]) }
        alone(operations, "operations", at: path["operations"], &errors)
        for (index, operation) in operations.enumerated() where !Self.operations.contains(operation) {
            errors.append(.notSupported(path["operations"][index], .string(operation), Self.operations))
        }
        for (key, words) in [("apiGroups", "API groups"), ("apiVersions", "API versions")] {
            if rule.strings(key).isEmpty { errors.required(path[key]) }
            alone(rule.strings(key), words, at: path[key], &errors)
        }
        for (index, version) in rule.strings("apiVersions").enumerated() where version.isEmpty {
            errors.required(path["apiVersions"][index])
        }
        resources(rule.strings("resources"), at: path["resources"], &errors)
        errors.checkChoice(rule, "scope", ["*", "Cluster", "Namespaced"], at: path)
    }

    private static func alone(_ values: [String], _ words: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard values.count > 1, values.contains("*") else { return }
        errors.invalid(path, JSONValue(values), "if '*' is present, must not specify other \(words)")
    }

    private static func resources(_ resources: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        if resources.isEmpty { errors.required(path) }
        var (wholes, parts): (Set<String>, Set<String>) = ([], [])
        for (index, resource) in resources.enumerated() {
            let names = resource.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if resource.isEmpty { errors.required(path[index]) }
            guard names.count == 2 else { continue }
            for (known, pattern) in [(wholes.contains(names[0]), "\(names[0])/*"), (parts.contains(names[1]), "*/\(names[1])")] where known
            {
                errors.invalid(path[index], .string(resource), "if '\(pattern)' is present, must not specify \(resource)")
            }
            if names[1] == "*" { wholes.insert(names[0]) }
            if names[0] == "*" { parts.insert(names[1]) }
        }
        if resources.count > 1, resources.contains("*/*") {
            errors.invalid(path, JSONValue(resources), "if '*/*' is present, must not specify other resources")
        }
        if resources.contains("*"), resources.contains(where: { $0 != "*" && !$0.isEmpty && !$0.contains("/") }) {
            errors.invalid(path, JSONValue(resources), "if '*' is present, must not specify other resources without subresources")
        }
    }
}

/// In which versions a webhook understands what it is asked.
enum ReviewVersions {
    private static let known = ["v1", "v1beta1"]

    static func validate(_ versions: [String], missing: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if versions.isEmpty { return errors.required(path, missing) }
        var seen: Set<String> = []
        for (index, version) in versions.enumerated() {
            guard seen.insert(version).inserted else {
                errors.invalid(path[index], .string(version), "duplicate version")
                continue
            }
            errors.invalid(path[index], .string(version), Names.label1035(version))
        }
        if !versions.contains(where: known.contains) {
            errors.invalid(path, JSONValue(versions), "must include at least one of v1, v1beta1")
        }
    }
}

/// Where a webhook is to be called.
enum WebhookClientRules {
    static func validate(_ config: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        switch (config["url"]?.stringValue, config.object("service")) {
        case (nil, nil), (_?, _?): errors.required(path, "exactly one of url or service is required")
        case (let url?, nil): address(url, at: path["url"], &errors)
        case (nil, let service?):
            let path = path["service"]
            for key in ["name", "namespace"] { errors.checkRequired(service, key, at: path, "service \(key) is required") }
            if let port = service.int("port") {
                let problems = Names.portNumber(port)
                if !problems.isEmpty {
                    errors.invalid(path["port"], JSONValue(port), "port is not valid: " + problems.joined(separator: ","))
                }
            }
            guard let part = service["path"]?.stringValue, !part.hasPrefix("/") else { return }
            errors.invalid(path["path"], .string(part), "must start with a '/'")
        }
    }

    private static func address(_ url: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let form = "; desired format: https://host[/path]"
        let scheme = url.firstRange(of: "://").map { String(url[..<$0.lowerBound]) } ?? ""
        if scheme != "https" { errors.invalid(path, .string(scheme), "'https' is the only allowed URL scheme\(form)") }
        let rest = scheme.isEmpty ? "" : url.dropFirst(scheme.count + 3)
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        if host.isEmpty { errors.invalid(path, "", "host must be specified\(form)") }
        if authority.contains("@") {
            errors.invalid(path, .string(String(authority.prefix { $0 != "@" })), "user information is not permitted in the URL")
        }
        for (mark, words) in [("#", "fragments"), ("?", "query parameters")] {
            guard let range = rest.firstRange(of: mark) else { continue }
            let tail = rest[range.upperBound...].prefix { mark == "#" || $0 != "#" }
            errors.invalid(path, .string(String(tail)), "\(words) are not permitted in the URL")
        }
    }
}
