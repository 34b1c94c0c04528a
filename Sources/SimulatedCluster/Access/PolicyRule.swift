import KubernetesModel

/// One rule of a role: these verbs on these resources, or on these paths.
struct PolicyRule: Hashable {
    var verbs: [String] = []
    var groups: [String] = []
    var resources: [String] = []
    var names: [String] = []
    var paths: [String] = []

    init(verbs: [String] = [], groups: [String] = [], resources: [String] = [], names: [String] = [], paths: [String] = []) {
        self.verbs = verbs
        self.groups = groups
        self.resources = resources
        self.names = names
        self.paths = paths
    }

    init(_ json: JSONObject) {
        verbs = json.strings("verbs")
        groups = json.strings("apiGroups")
        resources = json.strings("resources")
        names = json.strings("resourceNames")
        paths = json.strings("nonResourceURLs")
    }

    static func rules(of role: KubernetesObject) -> [PolicyRule] {
        role.json.objects("rules").map(PolicyRule.init)
    }

    func allows(_ attributes: AccessAttributes) -> Bool {
        guard allows(verb: attributes.verb) else { return false }
        guard attributes.isResourceRequest else { return allows(path: attributes.path) }
        let resource = attributes.subresource.isEmpty ? attributes.resource : "\(attributes.resource)/\(attributes.subresource)"
        return allows(group: attributes.group) && allows(resource: resource, subresource: attributes.subresource)
            && (names.isEmpty || names.contains(attributes.name))
    }

    private func allows(verb: String) -> Bool { verbs.contains("*") || verbs.contains(verb) }

    private func allows(group: String) -> Bool { groups.contains("*") || groups.contains(group) }

    /// `*` is everything, `*/scale` one subresource of everything.
    private func allows(resource: String, subresource: String) -> Bool {
        resources.contains { $0 == "*" || $0 == resource || !subresource.isEmpty && $0 == "*/\(subresource)" }
    }

    private func allows(path: String) -> Bool {
        paths.contains { $0 == "*" || $0 == path || $0.hasSuffix("*") && path.hasPrefix($0.dropLast()) }
    }

    /// As rules reviews show it.
    var json: JSONValue {
        var json: JSONObject = ["verbs": JSONValue(verbs)]
        for (key, list) in [("apiGroups", groups), ("resources", resources), ("resourceNames", names), ("nonResourceURLs", paths)]
        where !list.isEmpty {
            json[key] = JSONValue(list)
        }
        return .object(json)
    }
}

extension PolicyRule {
    /// The same, as rules of one verb on one resource or path.
    var parts: [PolicyRule] {
        verbs.flatMap { verb in
            let onPaths = paths.map { PolicyRule(verbs: [verb], paths: [$0]) }
            let onResources = groups.flatMap { group in
                resources.flatMap { resource in
                    names.isEmpty
                        ? [PolicyRule(verbs: [verb], groups: [group], resources: [resource])]
                        : names.map { PolicyRule(verbs: [verb], groups: [group], resources: [resource], names: [$0]) }
                }
            }
            return onResources + onPaths
        }
    }

    /// Whether whoever has this rule has all of `part`, a rule of one verb on one resource or path.
    func covers(_ part: PolicyRule) -> Bool {
        guard part.verbs.allSatisfy(allows(verb:)) else { return false }
        guard part.paths.isEmpty else { return part.paths.allSatisfy(allows(path:)) }
        guard part.groups.allSatisfy(allows(group:)) else { return false }
        let hasResources = part.resources.allSatisfy { resource in
            let subresource = resource.split(separator: "/", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
            return allows(resource: resource, subresource: subresource)
        }
        return hasResources && (names.isEmpty || !part.names.isEmpty && part.names.allSatisfy(names.contains))
    }

    /// As messages about escalation show it.
    var message: String {
        let lists = [("APIGroups", groups), ("Resources", resources), ("ResourceNames", names), ("NonResourceURLs", paths), ("Verbs", verbs)]
        let texts = lists.filter { !$0.1.isEmpty }.map { title, list in
            "\(title):[\(list.map(\.goQuoted).joined(separator: " "))]"
        }
        return "{\(texts.joined(separator: ", "))}"
    }
}
