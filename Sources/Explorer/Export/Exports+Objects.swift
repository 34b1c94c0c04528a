import KubernetesClient
import KubernetesModel
import ResourceTables

extension Exports {
    /// So many are asked for one by one: a list brings all there are of them.
    private static let few = 20

    /// The objects with these names; those that are gone are left out.
    static func objects(
        _ keys: Set<ObjectKey>, of resource: APIResource, _ client: ClusterClient
    ) async throws(ClientError) -> [KubernetesObject] {
        guard keys.count > few else {
            var objects: [KubernetesObject] = []
            for key in keys.sorted() {
                let target = ObjectTarget(resource: resource, namespace: key.namespace, name: key.name)
                if let object = try await target.readIfThere(client) { objects.append(object) }
            }
            return objects
        }
        let namespaces = Set(keys.map(\.namespace))
        let shared = namespaces.count == 1 ? namespaces.first ?? nil : nil
        return try await client.list(resource.gvr, namespace: shared).items.filter { keys.contains($0.key) }
    }

    /// They may be many: the main loop goes on meanwhile.
    @concurrent static func text(of objects: [KubernetesObject], isYAML: Bool) async -> String {
        if isYAML { return objects.map { YAML.write($0.value) }.joined(separator: "---\n") }
        let list: JSONObject = ["apiVersion": "v1", "kind": "List", "items": .array(objects.map(\.value))]
        return String(decoding: JSONWriter.indented(.object(list)), as: UTF8.self) + "\n"
    }

    @concurrent static func csv(_ snapshot: TableSnapshot, now: Instant) async -> String {
        TableText.csv(snapshot, now: now)
    }
}
