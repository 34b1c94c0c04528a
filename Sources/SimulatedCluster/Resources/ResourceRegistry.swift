package import KubernetesModel

/// The resources that the cluster serves: the built-in ones and those of custom resource definitions.
package final class ResourceRegistry {
    package private(set) var catalog: ResourceCatalog
    /// Changes whenever `catalog` does.
    package private(set) var generation = 0
    private var custom: [GroupVersionResource: CustomResource] = [:]
    private var customFields: [GroupVersionKind: SchemaNode] = [:]

    package init(_ catalog: ResourceCatalog = .builtIn) {
        self.catalog = catalog
    }

    package func resource(_ gvr: GroupVersionResource) -> APIResource? {
        catalog.resource(gvr)
    }

    package func resource(for gvk: GroupVersionKind) -> APIResource? {
        catalog.resource(for: gvk)
    }

    /// The definition behind a custom resource; nil for built-in ones.
    package func custom(_ gvr: GroupVersionResource) -> CustomResource? {
        custom[gvr]
    }

    /// What every request for a resource is told, because there is something better.
    func deprecation(of resource: APIResource) -> String? {
        custom(resource.gvr)?.deprecationWarning ?? KindRules.of(GroupKind(group: resource.group, resource.kind)).deprecation
    }

    /// The fields of a kind, as far as they are known.
    package func fields(of kind: GroupVersionKind) -> SchemaNode {
        if let root = SchemaCatalog.builtIn.root(of: kind) ?? customFields[kind] { return root }
        guard let resource = resource(for: kind), let custom = custom[resource.gvr] else { return .untyped }
        let root = SchemaCatalog.builtIn.adding(kind, schema: custom.schema).root(of: kind) ?? .untyped
        customFields[kind] = root
        return root
    }

    /// Where objects of a resource are stored: the events of both groups are the same objects.
    package func storage(of resource: GroupResource) -> GroupResource {
        resource == GroupResource(group: "events.k8s.io", resource: "events") ? GroupResource(resource: "events") : resource
    }

    /// The resource in the version in which its objects are stored.
    package func storedForm(of resource: APIResource) -> APIResource {
        if let storageVersion = custom[resource.gvr]?.storageVersion {
            let gvr = GroupVersionResource(group: resource.group, version: storageVersion, resource: resource.name)
            return catalog.resource(gvr) ?? resource
        }
        return catalog.resource(storage(of: resource.groupResource)) ?? resource
    }

    /// Serves these custom resources, and no others, beside the built-in ones.
    func serve(_ resources: [CustomResource]) {
        custom = Dictionary(resources.map { ($0.resource.gvr, $0) }, uniquingKeysWith: { first, _ in first })
        customFields = [:]
        let builtIn = ResourceCatalog.builtIn
        var versions = builtIn.groupVersions
        var known = Set(versions)
        for resource in resources where known.insert(resource.resource.groupVersion).inserted {
            versions.append(resource.resource.groupVersion)
        }
        catalog = ResourceCatalog(groupVersions: versions, resources: builtIn.resources + resources.map(\.resource))
        generation += 1
    }
}
