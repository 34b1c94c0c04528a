/// A version of an API group, as in an object's `apiVersion`: `v1` of the core group, or `apps/v1`.
package struct GroupVersion: Sendable, Hashable, CustomStringConvertible {
    /// Empty for the core group.
    package var group: String
    package var version: String

    package init(group: String, version: String) {
        self.group = group
        self.version = version
    }

    /// Reads `VERSION` or `GROUP/VERSION`.
    package init(apiVersion: String) {
        let parts = apiVersion.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        group = parts.count == 2 ? String(parts[0]) : ""
        version = parts.last.map(String.init) ?? ""
    }

    package var apiVersion: String {
        group.isEmpty ? version : "\(group)/\(version)"
    }

    /// Where the API server serves it: `/api/v1` or `/apis/apps/v1`.
    package var path: String {
        group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
    }

    package var description: String { apiVersion }
}

/// A kind of object in a version of a group: `apps/v1 Deployment`.
package struct GroupVersionKind: Sendable, Hashable, CustomStringConvertible {
    package var groupVersion: GroupVersion
    package var kind: String

    package init(group: String, version: String, kind: String) {
        groupVersion = GroupVersion(group: group, version: version)
        self.kind = kind
    }

    package init(apiVersion: String, kind: String) {
        groupVersion = GroupVersion(apiVersion: apiVersion)
        self.kind = kind
    }

    package var group: String { groupVersion.group }
    package var version: String { groupVersion.version }
    package var description: String { "\(groupVersion) \(kind)" }
}

/// A resource, by which an API server serves a kind: `apps/v1 deployments`.
package struct GroupVersionResource: Sendable, Hashable, CustomStringConvertible {
    package var groupVersion: GroupVersion
    /// The plural name in paths.
    package var resource: String

    package init(group: String = "", version: String = "v1", resource: String) {
        groupVersion = GroupVersion(group: group, version: version)
        self.resource = resource
    }

    package init(groupVersion: GroupVersion, resource: String) {
        self.groupVersion = groupVersion
        self.resource = resource
    }

    package var group: String { groupVersion.group }
    package var version: String { groupVersion.version }
    package var groupResource: GroupResource { GroupResource(group: group, resource: resource) }
    package var description: String { "\(groupVersion) \(resource)" }

    /// The path of the whole collection, of one in a namespace, or of one object.
    package func path(namespace: String? = nil, name: String? = nil, subresource: String? = nil) -> String {
        var path = groupVersion.path
        if let namespace { path += "/namespaces/\(namespace)" }
        path += "/\(resource)"
        if let name { path += "/\(name)" }
        if let subresource { path += "/\(subresource)" }
        return path
    }
}

/// A resource whatever its version, as messages name it: `pods`, `deployments.apps`.
package struct GroupResource: Sendable, Hashable, CustomStringConvertible {
    package var group: String
    package var resource: String

    package init(group: String = "", resource: String) {
        self.group = group
        self.resource = resource
    }

    package var description: String {
        group.isEmpty ? resource : "\(resource).\(group)"
    }
}
