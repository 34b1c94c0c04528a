import KubernetesClient
import KubernetesModel

/// The objects of a namespace that refer to each other, read once for a tree.
struct ObjectPool {
    /// Kinds that people look for relations among; what may not be read is left out.
    static let names = [
        "pods", "services", "configmaps", "secrets", "persistentvolumeclaims", "serviceaccounts", "deployments.apps", "replicasets.apps",
        "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch", "ingresses.networking.k8s.io",
        "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy", "horizontalpodautoscalers.autoscaling",
        "rolebindings.rbac.authorization.k8s.io", "endpointslices.discovery.k8s.io",
    ]

    /// Kinds of which only the metadata is looked at: what they hold may be large, and secret.
    private static let heldBack: Set = ["configmaps", "secrets", "serviceaccounts"]

    let objects: [KubernetesObject]
    private let resources: [String: APIResource]
    /// By their owners' uids.
    private let owned: [String: [KubernetesObject]]
    /// Kinds that could not be read: nothing may be concluded from their absence.
    let unread: Set<String>

    /// - Parameters:
    ///   - names: the resources to read.
    ///   - namespace: nil reads all.
    static func read(_ session: ClusterSession, _ names: [String] = names, namespace: String?) async -> ObjectPool {
        var objects: [KubernetesObject] = []
        var unread: Set<String> = []
        let client = session.client
        let wanted = names.compactMap { session.catalog.resource(named: $0) }.filter { $0.supports("list") }
        await withTaskGroup(of: (APIResource, [KubernetesObject]?).self) { group in
            for resource in wanted {
                let isHeldBack = heldBack.contains(resource.name)
                group.addTask {
                    var items = try? await client.list(resource.gvr, namespace: namespace, metadataOnly: isHeldBack).items
                    if isHeldBack {
                        items = items?.map { KubernetesObject($0, kind: resource.kind, apiVersion: resource.groupVersion.apiVersion) }
                    }
                    return (resource, items)
                }
            }
            for await (resource, items) in group {
                if let items { objects += items } else { unread.insert(resource.kind) }
            }
        }
        objects.sort { ($0.kind, $0.key) < ($1.kind, $1.key) }
        return ObjectPool(objects, resources: wanted, unread: unread)
    }

    init(_ objects: [KubernetesObject], resources: [APIResource], unread: Set<String> = []) {
        self.objects = objects
        self.unread = unread
        var owned: [String: [KubernetesObject]] = [:]
        for object in objects {
            for uid in Set(object.metadata.ownerReferences.map(\.uid)) { owned[uid, default: []].append(object) }
        }
        self.owned = owned
        self.resources = Dictionary(resources.map { ($0.kind, $0) }) { first, _ in first }
    }

    func all(_ kind: String, in namespace: String?) -> [KubernetesObject] {
        objects.filter { $0.kind == kind && $0.namespace == namespace }
    }

    func object(_ kind: String, _ name: String, in namespace: String?) -> KubernetesObject? {
        objects.first { $0.kind == kind && $0.name == name && $0.namespace == namespace }
    }

    func owned(by object: KubernetesObject) -> [KubernetesObject] {
        object.uid.isEmpty ? [] : owned[object.uid] ?? []
    }

    func target(_ object: KubernetesObject) -> ObjectTarget? {
        resources[object.kind].map { ObjectTarget(resource: $0, namespace: object.namespace, name: object.name) }
    }

    func node(_ object: KubernetesObject, _ children: [TreeNode] = []) -> TreeNode {
        TreeNode(object, target: target(object), children: children)
    }

    /// What is referred to by kind and name: there, missing, or not known to be there.
    func node(_ reference: PodReferences.Reference, in namespace: String?) -> TreeNode {
        if let object = object(reference.kind, reference.name, in: namespace) { return node(object) }
        if unread.contains(reference.kind) || reference.isOptional {
            return TreeNode(
                id: "\(reference.kind)/\(reference.name)", title: "\(reference.kind.lowercased()) \(reference.name)", role: .muted)
        }
        return .missing(reference.kind, reference.name)
    }
}

extension KubernetesObject {
    /// The metadata of an object, as the object of its own kind that it belongs to.
    nonisolated fileprivate init(_ metadata: KubernetesObject, kind: String, apiVersion: String) {
        self = metadata
        self.kind = kind
        self.apiVersion = apiVersion
    }
}
