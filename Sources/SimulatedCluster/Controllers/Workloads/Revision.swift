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

    /// Stores the revision unless it is there, and forgets the oldest that nobody uses.
    /// - Parameter pods: those of the owner, whose revisions are kept.
    func writes(pods: [KubernetesObject], in view: ClusterView) -> [Write] {
        let known = view.owned(by: owner.uid, resource: Resource.controllerRevisions)
        return store(known) + forget(known, pods)
    }

    private func forget(_ known: [KubernetesObject], _ pods: [KubernetesObject]) -> [Write] {
        let used = Set(pods.compactMap { $0.metadata.labels[Self.hashLabel] })
            .union([name, owner.status["currentRevision"]?.stringValue ?? name])
        let unused = known.filter { !used.contains($0.name) && !used.contains($0.metadata.labels[Self.hashLabel] ?? "") }
            .sorted { $0["revision"]?.intValue ?? 0 < $1["revision"]?.intValue ?? 0 }
        return unused.dropLast(owner.spec["revisionHistoryLimit"]?.intValue ?? 10).map { .delete(Resource.controllerRevisions, $0.key) }
    }

    /// A revision that comes back becomes the newest.
    private func store(_ known: [KubernetesObject]) -> [Write] {
        // Whatever a client wrote into one, there is a next one.
        let newest = min(known.compactMap { $0["revision"]?.intValue }.max() ?? 0, .max - 1)
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
