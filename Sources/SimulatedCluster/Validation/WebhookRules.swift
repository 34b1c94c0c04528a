import KubernetesModel

/// Configurations of admission webhooks.
enum WebhookRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind(group: "admissionregistration.k8s.io", "ValidatingWebhookConfiguration"): { change, errors in
            webhooks(change.new, isMutating: false, &errors)
        },
        GroupKind(group: "admissionregistration.k8s.io", "MutatingWebhookConfiguration"): { change, errors in
            webhooks(change.new, isMutating: true, &errors)
        },
    ]

    private static func webhooks(_ configuration: JSONObject, isMutating: Bool, _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, hook) in configuration.objects("webhooks").enumerated() {
            let path = FieldPath("webhooks")[index]
            versions(hook, at: path, &errors)
            webhook(hook, at: path, isMutating: isMutating, &errors)
            if !names.insert(hook.string("name")).inserted { errors.append(.duplicate(path["name"], hook["name"] ?? "")) }
        }
    }

    private static func versions(_ hook: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let path = path["admissionReviewVersions"]
        let versions = hook.strings("admissionReviewVersions")
        if versions.isEmpty { return errors.required(path, "must specify one of v1, v1beta1") }
        for (index, version) in versions.enumerated() { errors.invalid(path[index], .string(version), Names.label1035(version)) }
        if !versions.contains(where: ["v1", "v1beta1"].contains) {
            errors.invalid(path, JSONValue(versions), "must include at least one of v1, v1beta1")
        }
    }

    private static func webhook(_ hook: JSONObject, at path: FieldPath, isMutating: Bool, _ errors: inout [FieldError]) {
        let name = hook.string("name")
        errors.invalid(path["name"], .string(name), NameRules.subdomain(name))
        if name.split(separator: ".").count < 3 {
            errors.invalid(path["name"], .string(name), "should be a domain with at least three segments separated by dots")
        }
        for (index, rule) in hook.objects("rules").enumerated() { self.rule(rule, at: path["rules"][index], &errors) }
        errors.checkChoice(hook, "failurePolicy", ["Fail", "Ignore"], at: path)
        errors.checkChoice(hook, "matchPolicy", ["Equivalent", "Exact"], at: path)
        let effects = hook.string("sideEffects")
        if effects.isEmpty {
            errors.required(path["sideEffects"], "must specify one of None, NoneOnDryRun")
        } else {
            errors.checkChoice(hook, "sideEffects", ["None", "NoneOnDryRun"], at: path)
        }
        if let seconds = hook.int("timeoutSeconds"), !(1...30).contains(seconds) {
            errors.invalid(path["timeoutSeconds"], JSONValue(seconds), "the timeout value must be between 1 and 30 seconds")
        }
        for key in ["namespaceSelector", "objectSelector"] {
            if let selector = hook.object(key) { SelectorRules.validate(selector, at: path[key], &errors) }
        }
        if isMutating { errors.checkChoice(hook, "reinvocationPolicy", ["IfNeeded", "Never"], at: path) }
        client(hook.object("clientConfig") ?? [:], at: path["clientConfig"], &errors)
    }

    private static func rule(_ rule: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if rule.strings("operations").isEmpty { errors.required(path["operations"]) }
        for (index, operation) in rule.strings("operations").enumerated() {
            let supported = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]
            if !supported.contains(operation) {
                errors.append(.notSupported(path["operations"][index], .string(operation), supported))
            }
        }
        for key in ["apiGroups", "apiVersions", "resources"] where rule.strings(key).isEmpty { errors.required(path[key]) }
        errors.checkChoice(rule, "scope", ["*", "Cluster", "Namespaced"], at: path)
    }

    private static func client(_ config: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let service = config.object("service")
        let url = config.string("url")
        if (service == nil) == url.isEmpty { return errors.required(path, "exactly one of url or service is required") }
        if let service {
            for key in ["name", "namespace"] { errors.checkRequired(service, key, at: path["service"]) }
        } else if !url.hasPrefix("https://") {
            errors.invalid(path["url"], .string(url), "'https' is the only allowed URL scheme; desired format: https://host[/path]")
        }
    }
}
