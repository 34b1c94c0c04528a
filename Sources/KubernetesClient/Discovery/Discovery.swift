package import KubernetesModel

/// What a cluster serves, asked of itself.
package struct Discovery: Sendable {
    /// Every resource, in the server's order, with the columns of those that are built in.
    package var catalog: ResourceCatalog
    /// `v1.36.2`; empty when the server does not say.
    package var serverVersion: String
    /// Groups whose server does not answer, as `metrics.k8s.io` when it is down; their resources may be missing.
    package var unavailable: [GroupVersion]

    package init(catalog: ResourceCatalog, serverVersion: String, unavailable: [GroupVersion] = []) {
        self.catalog = catalog
        self.serverVersion = serverVersion
        self.unavailable = unavailable
    }
}

/// The parts of a discovery, while they are gathered.
struct DiscoveredResources: Sendable {
    var groupVersions: [GroupVersion] = []
    var resources: [APIResource] = []
    var unavailable: [GroupVersion] = []

    mutating func add(_ other: DiscoveredResources) {
        groupVersions += other.groupVersions
        resources += other.resources
        unavailable += other.unavailable
    }

    /// With the columns that the server prints, where the kind is a known one.
    func catalog(columnsFrom known: ResourceCatalog = .builtIn) -> ResourceCatalog {
        ResourceCatalog(
            groupVersions: groupVersions,
            resources: resources.map { resource in
                var resource = resource
                resource.columns = known.resource(resource.gvr)?.columns ?? []
                return resource
            }
        )
    }
}
