import KubernetesModel

/// A ControllerRevision: a template as it was at one time, under a name made from its content.
struct Revision {
    static let hashLabel = "controller-revision-hash"

    let owner: KubernetesObject
    let hash: String

    init(of owner: KubernetesObject) {
        self.owner = owner
        let template = JSONWriter.compact(owner.spec["template"] ?? [:])
        // Always ten digits, so that the name's last part has ten characters.
        hash = StableHash.name(StableHash.fnv32(String(decoding: template, as: UTF8.self)) | 0x8000_0000)
    }

    var name: String { "\(owner.name)-\(hash)" }

    /// Stores the revision unless it is there; one that comes back becomes the newest.
    func writes(in view: ClusterView) -> [Write] {
        let known = view.owned(by: owner.uid, resource: Resource.controllerRevisions)
        let newest = known.compactMap { $0["revision"]?.intValue }.max() ?? 0
        if let own = known.first(where: { $0.name == name }) {
            guard own["revision"]?.intValue ?? 0 < newest else { return [] }
            return [.patch(Resource.controllerRevisions, own.key, ["revision": JSONValue(newest + 1)])]
        }
        var labels = owner.spec["template"]?["metadata"]?["labels"]?.stringMap ?? [:]
        labels[Self.hashLabel] = owner.kind == "StatefulSet" ? name : hash
        var metadata: JSONObject = ["name": .string(name), "labels": JSONValue(labels)]
        metadata["namespace"] = owner.namespace.map(JSONValue.string)
        metadata["ownerReferences"] = [owner.controllerReference]
        var template = owner.spec["template"] ?? [:]
        template["$patch"] = "replace"
        let json: JSONObject = [
            "apiVersion": "apps/v1", "kind": "ControllerRevision", "metadata": .object(metadata), "revision": JSONValue(newest + 1),
            "data": ["spec": ["template": template]],
        ]
        return [.create(KubernetesObject(json))]
    }
}
