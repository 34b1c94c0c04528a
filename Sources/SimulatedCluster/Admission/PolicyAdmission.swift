import KubernetesModel

/// Judges writes by the cluster's validating admission policies, whose rules are expressions.
struct PolicyAdmission: AdmissionPlugin {
    private static let group = "admissionregistration.k8s.io"

    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        try judge(object, replacing: old, in: context)
    }

    func checkDeletion(of old: KubernetesObject, in context: WriteContext) throws(StatusError) {
        try judge(nil, replacing: old, in: context)
    }

    private func judge(_ object: KubernetesObject?, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        // The policies themselves can't be locked in.
        guard context.groupResource.group != Self.group else { return }
        let bindings = context.view.list(GroupResource(group: Self.group, resource: "validatingadmissionpolicybindings"), namespace: nil)
        for binding in bindings {
            let name = binding.spec["policyName"]?.stringValue ?? ""
            guard let policy = context.get("validatingadmissionpolicies", group: Self.group, name) else { continue }
            let match = PolicyMatch(context: context, object: object ?? old)
            let isMeant = match.holds(policy.spec["matchConstraints"]) && match.holds(binding.spec["matchResources"], standard: true)
            guard isMeant else { continue }
            let judgement = PolicyJudgement(policy: policy, binding: binding, object: object, old: old, context: context)
            for problem in judgement.problems { try report(problem, policy, binding, in: context) }
        }
    }

    private func report(
        _ problem: PolicyJudgement.Problem, _ policy: KubernetesObject, _ binding: KubernetesObject, in context: WriteContext
    ) throws(StatusError) {
        let actions = binding.spec["validationActions"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let names = "ValidatingAdmissionPolicy '\(policy.name)' with binding '\(binding.name)'"
        if actions.contains("Warn") { context.warnings?.add("Validation failed for \(names): \(problem.message)") }
        guard actions.contains("Deny") else { return }
        let message = "\(names) denied request: \(problem.message)"
        var error = context.forbidden(message)
        error.reason = problem.reason
        error.code = Self.codes[problem.reason] ?? 422
        error.details?.causes = [StatusError.Cause(reason: "", message: message)]
        throw error
    }

    private static let codes = ["Forbidden": 403, "Invalid": 422, "RequestEntityTooLarge": 413, "Unauthorized": 401]
}

/// Whether a write is one that a policy is about.
struct PolicyMatch {
    let context: WriteContext
    let object: KubernetesObject?

    /// - Parameter standard: for rules that are not there.
    func holds(_ rules: JSONValue?, standard: Bool = false) -> Bool {
        guard let rules = rules?.objectValue else { return standard }
        if rules.objects("excludeResourceRules").contains(where: holds) { return false }
        let wanted = rules.objects("resourceRules")
        guard wanted.contains(where: holds) || (wanted.isEmpty && standard) else { return false }
        return selects(rules["objectSelector"], object?.metadata.labels ?? [:]) && selects(rules["namespaceSelector"], namespaceLabels)
    }

    private func holds(_ rule: JSONObject) -> Bool {
        func contains(_ key: String, _ value: String) -> Bool { rule.strings(key).contains { $0 == "*" || $0 == value } }
        let resource = context.resource
        let names = [
            context.subresource.map { "\(resource.name)/\($0)" } ?? resource.name, context.subresource.map { "*/\($0)" } ?? "*", "*/*",
        ]
        let only = rule.strings("resourceNames")
        let isScoped = ["", "*", resource.isNamespaced ? "Namespaced" : "Cluster"].contains(rule.string("scope"))
        return contains("apiGroups", resource.group) && contains("apiVersions", resource.version)
            && contains("operations", context.operation.rawValue) && rule.strings("resources").contains(where: names.contains)
            && isScoped && (only.isEmpty || only.contains(context.key.name))
    }

    private var namespaceLabels: [String: String]? {
        guard let namespace = context.key.namespace else { return object?.kind == "Namespace" ? object?.metadata.labels : nil }
        return context.get("namespaces", namespace)?.metadata.labels ?? [:]
    }

    /// A selector of namespaces says nothing about what is in none.
    private func selects(_ selector: JSONValue?, _ labels: [String: String]?) -> Bool {
        guard let labels, let selector, selector.objectValue?.isEmpty == false else { return true }
        return (try? LabelSelector(object: selector))?.matches(labels) ?? false
    }
}
