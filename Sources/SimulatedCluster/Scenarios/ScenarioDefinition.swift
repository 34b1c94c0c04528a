package import KubernetesModel

/// What a cluster starts with.
package struct ScenarioDefinition: Sendable {
    package var name: String
    /// Created in this order, before anything else happens.
    package var manifests: [KubernetesObject]

    package init(name: String, manifests: [KubernetesObject] = []) {
        self.name = name
        self.manifests = manifests
    }

    func load(into parts: ClusterParts) {
        for manifest in manifests {
            // A scenario is data of ours or of the user: what it gets wrong is missing from the cluster, as after `kubectl apply`.
            _ = try? parts.pipeline.perform(.create(manifest), by: .system("scenario"), at: parts.timeline.now)
        }
    }
}
