import KubernetesClient
import KubernetesModel

/// What others do in the cluster, past the explorer.
extension ServedCluster {
    /// Creates the objects of a YAML text.
    func create(_ manifests: String) async throws {
        let objects = try YAML.parse(manifests).compactMap { KubernetesObject($0) }
        let client = ClusterClient(try ClusterConfiguration.load(path: kubeconfig))
        do {
            for object in objects {
                let kind = GroupVersionKind(apiVersion: object.apiVersion, kind: object.kind)
                guard let resource = ResourceCatalog.builtIn.resource(for: kind) else {
                    throw StartFailure(description: "\(kind) is not built in")
                }
                _ = try await client.create(object, as: resource.gvr, namespace: object.namespace)
            }
        } catch {
            await client.shutdown()
            throw error
        }
        await client.shutdown()
    }
}
