/// The resources of an API server, by every name that people and programs give them.
package struct ResourceCatalog: Sendable {
    /// In the server's order: the core group, then the groups as the server lists them, preferred versions first.
    package let groupVersions: [GroupVersion]
    /// In the order of `groupVersions`, then by name.
    package let resources: [APIResource]

    private let indexByGVR: [GroupVersionResource: Int]
    private let indexByGVK: [GroupVersionKind: Int]
    /// Plural, singular and short names; the server's first group version wins.
    private let indexByName: [String: Int]

    /// - Parameter groupVersions: every version served, in the server's order; `resources` are put in the same order.
    package init(groupVersions: [GroupVersion], resources: [APIResource]) {
        let places = Dictionary(groupVersions.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let ordered = resources.enumerated().sorted {
            let left = places[$0.element.groupVersion] ?? .max
            let right = places[$1.element.groupVersion] ?? .max
            return left == right ? $0.offset < $1.offset : left < right
        }.map(\.element)
        var byGVR: [GroupVersionResource: Int] = [:]
        var byGVK: [GroupVersionKind: Int] = [:]
        var names: [String: Int] = [:]
        for (index, resource) in ordered.enumerated() {
            byGVR[resource.gvr] = byGVR[resource.gvr] ?? index
            byGVK[resource.gvk] = byGVK[resource.gvk] ?? index
        }
        // Full names before short ones: a custom resource's short name must not hide another resource.
        let kindsOfName: [(APIResource) -> [String]] = [{ [$0.name] }, { [$0.singularName] }, { $0.shortNames }]
        for namesOfKind in kindsOfName {
            for (index, resource) in ordered.enumerated() {
                for name in namesOfKind(resource) where names[name] == nil { names[name] = index }
            }
        }
        self.groupVersions = groupVersions
        self.resources = ordered
        indexByGVR = byGVR
        indexByGVK = byGVK
        indexByName = names
    }

    package func resource(_ gvr: GroupVersionResource) -> APIResource? {
        indexByGVR[gvr].map { resources[$0] }
    }

    package func resource(for gvk: GroupVersionKind) -> APIResource? {
        indexByGVK[gvk].map { resources[$0] }
    }

    /// The resource in the version that the server prefers.
    package func resource(_ groupResource: GroupResource) -> APIResource? {
        resources.first { $0.groupResource == groupResource }
    }

    /// The resource that a person means: `pods`, `pod`, `po`, `Pod`, `deploy`, `deployments.apps`, `deployments.v1.apps`, `apps/v1/deployments`.
    package func resource(named name: String) -> APIResource? {
        let name = name.lowercased()
        if let index = indexByName[name] { return resources[index] }
        if name.contains("/") { return resources.first { "\($0.groupVersion.apiVersion)/\($0.name)" == name } }
        guard let dot = name.firstIndex(of: ".") else { return nil }
        let first = String(name[..<dot])
        let rest = String(name[name.index(after: dot)...])
        return resources.first { $0.answers(to: first) && ($0.group == rest || "\($0.version).\($0.group)" == rest) }
    }

    /// The resources of one version of a group, in the server's order.
    package func resources(in groupVersion: GroupVersion) -> [APIResource] {
        resources.filter { $0.groupVersion == groupVersion }
    }

    /// The resources of a category, such as those of `kubectl get all`, each in the version that the server prefers.
    package func resources(inCategory category: String) -> [APIResource] {
        var seen: Set<GroupResource> = []
        return resources.filter { $0.categories.contains(category) && seen.insert($0.groupResource).inserted }
    }

    /// Groups in the server's order, each with its versions, the preferred one first; the core group has an empty name.
    package var groups: [(name: String, versions: [GroupVersion])] {
        var groups: [(name: String, versions: [GroupVersion])] = []
        for version in groupVersions {
            if let index = groups.firstIndex(where: { $0.name == version.group }) {
                groups[index].versions.append(version)
            } else {
                groups.append((version.group, [version]))
            }
        }
        return groups
    }
}

extension APIResource {
    fileprivate func answers(to name: String) -> Bool {
        self.name == name || singularName == name || shortNames.contains(name)
    }
}
