package import KubernetesModel

/// What a rule of a role allows: verbs on resources, or on paths that are none.
package struct AccessRule: Sendable, Hashable {
    package let verbs: [String]
    package let apiGroups: [String]
    /// With subresources, as in `pods/log`.
    package let resources: [String]
    /// Empty: whatever the name.
    package let names: [String]
    package let paths: [String]

    package init(_ json: JSONValue) {
        func texts(_ field: String) -> [String] { json[field]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        verbs = texts("verbs")
        apiGroups = texts("apiGroups")
        resources = texts("resources")
        names = texts("resourceNames")
        paths = texts("nonResourceURLs")
    }

    /// The rules of a Role or ClusterRole.
    package static func all(of role: KubernetesObject) -> [AccessRule] {
        (role["rules"]?.arrayValue ?? []).map(AccessRule.init)
    }

    package func allows(_ verb: String) -> Bool {
        verbs.contains("*") || verbs.contains(verb)
    }

    /// Whether the verb is allowed on a resource of whatever name, or on one of some names only.
    /// - Parameter resource: with its subresource after a slash.
    package func allows(_ verb: String, on resource: String, group: String) -> Bool {
        guard allows(verb), apiGroups.contains("*") || apiGroups.contains(group) else { return false }
        let subresource = resource.split(separator: "/").dropFirst().first.map { "*/\($0)" }
        return resources.contains("*") || resources.contains(resource) || subresource.map(resources.contains) ?? false
    }
}
