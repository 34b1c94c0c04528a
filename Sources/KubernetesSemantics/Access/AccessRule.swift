package import KubernetesModel

/// What a rule of a role allows: verbs on resources, or on paths that are none.
package struct AccessRule: Sendable, Hashable {
    package var verbs: [String]
    package var apiGroups: [String]
    /// With subresources, as in `pods/log`; `*/scale` is one subresource of everything.
    package var resources: [String]
    /// Empty: whatever the name.
    package var names: [String]
    package var paths: [String]

    package init(
        verbs: [String] = [], apiGroups: [String] = [], resources: [String] = [], names: [String] = [], paths: [String] = []
    ) {
        self.verbs = verbs
        self.apiGroups = apiGroups
        self.resources = resources
        self.names = names
        self.paths = paths
    }

    package init(_ json: JSONValue) {
        func texts(_ field: String) -> [String] { json[field]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        self.init(
            verbs: texts("verbs"), apiGroups: texts("apiGroups"), resources: texts("resources"), names: texts("resourceNames"),
            paths: texts("nonResourceURLs"))
    }

    /// The rules of a Role or ClusterRole.
    package static func all(of role: KubernetesObject) -> [AccessRule] {
        (role["rules"]?.arrayValue ?? []).map(AccessRule.init)
    }

    package func allows(_ verb: String) -> Bool {
        verbs.contains("*") || verbs.contains(verb)
    }

    /// Whether the verb is allowed on a resource.
    /// - Parameters:
    ///   - resource: with its subresource after a slash.
    ///   - name: nil to ask for an object of whatever name, or of one of some names only.
    package func allows(_ verb: String, on resource: String, group: String, name: String? = nil) -> Bool {
        allows(verb) && allows(group: group) && allows(resource: resource) && name.map { names.isEmpty || names.contains($0) } ?? true
    }

    package func allows(_ verb: String, path: String) -> Bool {
        allows(verb) && allows(path: path)
    }

    private func allows(group: String) -> Bool { apiGroups.contains("*") || apiGroups.contains(group) }

    private func allows(resource: String) -> Bool {
        let subresource = resource.split(separator: "/", maxSplits: 1).dropFirst().first
        let everywhere = subresource.map { "*/\($0)" } ?? "*"
        return resources.contains { $0 == "*" || $0 == resource || $0 == everywhere }
    }

    private func allows(path: String) -> Bool {
        paths.contains { $0 == "*" || $0 == path || $0.hasSuffix("*") && path.hasPrefix($0.dropLast()) }
    }
}

extension AccessRule {
    /// The same, as rules of one verb on one resource or path.
    package var parts: [AccessRule] {
        verbs.flatMap { verb in
            let onPaths = paths.map { AccessRule(verbs: [verb], paths: [$0]) }
            let onResources = apiGroups.flatMap { group in
                resources.flatMap { resource in
                    names.isEmpty
                        ? [AccessRule(verbs: [verb], apiGroups: [group], resources: [resource])]
                        : names.map { AccessRule(verbs: [verb], apiGroups: [group], resources: [resource], names: [$0]) }
                }
            }
            return onResources + onPaths
        }
    }

    /// Whether whoever has this rule has all of `part`, a rule of one verb on one resource or path.
    package func covers(_ part: AccessRule) -> Bool {
        guard part.verbs.allSatisfy(allows(_:)) else { return false }
        guard part.paths.isEmpty else { return part.paths.allSatisfy(allows(path:)) }
        return part.apiGroups.allSatisfy(allows(group:)) && part.resources.allSatisfy(allows(resource:))
            && (names.isEmpty || !part.names.isEmpty && part.names.allSatisfy(names.contains))
    }
}
