import KubernetesClient
import KubernetesModel
import Troubleshooting

/// What rolling a release back does to the cluster, object by object.
struct HelmChange {
    enum Step {
        case create(ObjectTarget, KubernetesObject)
        /// The object as it will be, of the version it was read at.
        case update(ObjectTarget, KubernetesObject, [LineDiff.Line])
        case delete(ObjectTarget)
    }

    private(set) var steps: [Step] = []

    /// Reads how the objects of both revisions are now.
    init(
        from current: HelmRelease, to wanted: HelmRelease, catalog: ResourceCatalog, client: ClusterClient
    ) async throws {
        let before = try HelmManifest(current, catalog: catalog)
        let after = try HelmManifest(wanted, catalog: catalog)
        for (target, object) in after.objects {
            guard let live = try await target.readIfThere(client) else {
                steps.append(.create(target, object))
                continue
            }
            let merged = Self.merged(before.object(of: target), object, live)
            let difference = await ApplyRun.difference(live, merged)
            if !difference.isEmpty { steps.append(.update(target, merged, difference)) }
        }
        for (target, object) in before.objects.reversed() where after.object(of: target) == nil && !object.isKeptByHelm {
            if try await target.readIfThere(client) != nil { steps.append(.delete(target)) }
        }
    }

    static func merged(_ original: KubernetesObject?, _ modified: KubernetesObject, _ live: KubernetesObject) -> KubernetesObject {
        let root = SchemaCatalog.builtIn.root(of: live.groupVersionKind) ?? .untyped
        return KubernetesObject(
            ThreeWayMerge.merge(original: original?.json ?? [:], modified: modified.json, current: live.json, root: root))
    }
}

extension HelmChange.Step {
    var request: String {
        switch self {
        case .create(let target, _): "POST \(target.resource.gvr.path(namespace: target.namespace)) \(target.name)"
        case .update(let target, _, _): "PUT \(target.path)"
        case .delete(let target): "DELETE \(target.path)"
        }
    }

    var target: ObjectTarget {
        switch self {
        case .create(let target, _), .update(let target, _, _), .delete(let target): target
        }
    }

    var right: Right {
        switch self {
        case .create: Right("create")
        case .update: Right("update")
        case .delete: Right("delete")
        }
    }

    func perform(_ client: ClusterClient) async throws(ClientError) {
        let options = WriteOptions(fieldManager: "helm", fieldValidation: .warn)
        switch self {
        case .create(let target, let object):
            _ = try await client.create(object, as: target.resource.gvr, namespace: target.namespace, options: options)
        case .update(let target, let object, _):
            _ = try await client.update(object, as: target.resource.gvr, namespace: target.namespace, name: target.name, options: options)
        case .delete(let target):
            do throws(ClientError) {
                try await client.delete(target.resource.gvr, namespace: target.namespace, name: target.name)
            } catch {
                if !error.isNotFound { throw error }
            }
        }
    }
}

/// The objects that a revision's manifest describes.
struct HelmManifest {
    let objects: [(target: ObjectTarget, object: KubernetesObject)]

    /// - Throws: for what is no manifest, or names a kind that the server does not serve.
    init(_ release: HelmRelease, catalog: ResourceCatalog) throws {
        var manifests = Manifests()
        manifests.add(release.manifest, file: "revision \(release.revision)")
        if let problem = manifests.problems.first { throw ExplorerError(problem) }
        objects = try manifests.ordered.map { document in
            guard let resource = catalog.resource(for: document.object.groupVersionKind) else {
                throw ExplorerError("\(document.place): the server does not serve \(document.object.groupVersionKind)")
            }
            let target = ObjectTarget(
                resource: resource, namespace: document.object.namespace ?? release.namespace, name: document.object.name)
            return (target, document.object)
        }
    }

    func object(of target: ObjectTarget) -> KubernetesObject? {
        objects.first { $0.target == target }?.object
    }
}

extension KubernetesObject {
    /// Whether Helm leaves it when its release goes.
    var isKeptByHelm: Bool { metadata.annotations["helm.sh/resource-policy"] == "keep" }
}
