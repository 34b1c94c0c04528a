import KubernetesClient
import KubernetesModel

/// The objects of a namespace that refer to each other, as a tree is made of them.
nonisolated struct ObjectPool: Sendable {
    /// A resource, and what tells of its objects.
    struct Source: Sendable {
        let resource: APIResource
        let scope: ReflectorScope
    }

    /// Kinds that people look for relations among.
    static let names = [
        "pods", "services", "configmaps", "secrets", "persistentvolumeclaims", "serviceaccounts", "deployments.apps", "replicasets.apps",
        "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch", "ingresses.networking.k8s.io",
        "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy", "horizontalpodautoscalers.autoscaling",
        "rolebindings.rbac.authorization.k8s.io", "endpointslices.discovery.k8s.io",
    ]

    /// Kinds of which only the metadata is looked at: what they hold may be large, and secret.
    private static let heldBack: Set = ["configmaps", "secrets", "serviceaccounts"]

    private struct Place: Hashable {
        let kind: String
        let namespace: String?
    }

    /// Ordered by kind, namespace and name.
    let objects: [KubernetesObject]
    private let resources: [String: APIResource]
    /// In order.
    private let byPlace: [Place: [KubernetesObject]]
    private let byName: [Place: [String: KubernetesObject]]
    /// By their owners' uids.
    private let owned: [String: [KubernetesObject]]
    /// Kinds that are not known, with the reason: nothing may be concluded from their absence.
    let unread: [String: String]

    /// - Parameters:
    ///   - names: the resources that are wanted; those that the cluster does not serve are left out.
    ///   - namespace: nil stands for all.
    static func sources(_ catalog: ResourceCatalog, _ names: [String] = names, namespace: String?) -> [Source] {
        names.compactMap { catalog.resource(named: $0) }.filter { $0.supports("watch") }.map { resource in
            let detail: ReflectorScope.Detail = heldBack.contains(resource.name) ? .metadata : .whole
            return Source(resource: resource, scope: ReflectorScope(resource.gvr, namespace: namespace, detail: detail))
        }
    }

    /// - Parameter isWanted: which objects are in it.
    init(
        _ sources: [Source], _ mirrors: ListScreen.Mirrors, where isWanted: (KubernetesObject) -> Bool = { _ in true }
    ) {
        var objects: [KubernetesObject] = []
        var unread: [String: String] = [:]
        for (resource, scope) in sources.map({ ($0.resource, $0.scope) }) {
            guard let mirror = mirrors[scope], mirror.isComplete else {
                unread[resource.kind] = mirrors[scope]?.problem ?? "not known yet"
                continue
            }
            let found = mirror.values.values.filter(isWanted)
            objects += scope.detail == .metadata ? found.map { KubernetesObject($0, as: resource) } : found
        }
        self.init(objects, resources: sources.map(\.resource), unread: unread)
    }

    init(_ objects: [KubernetesObject], resources: [APIResource], unread: [String: String] = [:]) {
        let objects = objects.sorted { ($0.kind, $0.key) < ($1.kind, $1.key) }
        self.objects = objects
        self.unread = unread
        var owned: [String: [KubernetesObject]] = [:]
        var byPlace: [Place: [KubernetesObject]] = [:]
        var byName: [Place: [String: KubernetesObject]] = [:]
        for object in objects {
            for uid in Set(object.metadata.ownerReferences.map(\.uid)) { owned[uid, default: []].append(object) }
            let place = Place(kind: object.kind, namespace: object.namespace)
            byPlace[place, default: []].append(object)
            byName[place, default: [:]][object.name] = object
        }
        self.owned = owned
        self.byPlace = byPlace
        self.byName = byName
        self.resources = Dictionary(resources.map { ($0.kind, $0) }) { first, _ in first }
    }

    func all(_ kind: String, in namespace: String?) -> [KubernetesObject] {
        byPlace[Place(kind: kind, namespace: namespace)] ?? []
    }

    func object(_ kind: String, _ name: String, in namespace: String?) -> KubernetesObject? {
        byName[Place(kind: kind, namespace: namespace)]?[name]
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

    /// In place of objects of a kind, where it is not known whether there are any; none where that is known.
    func unknown(_ kind: String) -> [TreeNode] {
        unread[kind].map { [TreeNode(id: "unknown/\(kind)", title: "\(kind.lowercased())s", note: "unknown: \($0)", role: .stale)] } ?? []
    }

    /// What is referred to by kind and name: there, missing, or not known to be there.
    func node(_ reference: PodReferences.Reference, in namespace: String?) -> TreeNode {
        if let object = object(reference.kind, reference.name, in: namespace) { return node(object) }
        if unread[reference.kind] != nil || reference.isOptional {
            return TreeNode(
                id: "\(reference.kind)/\(reference.name)", title: "\(reference.kind.lowercased()) \(reference.name)",
                note: unread[reference.kind] == nil ? "" : "unknown", role: .muted)
        }
        return .missing(reference.kind, reference.name)
    }
}

extension KubernetesObject {
    /// The metadata of an object, as the object of its own kind that it belongs to.
    nonisolated fileprivate init(_ metadata: KubernetesObject, as resource: APIResource) {
        self = metadata
        kind = resource.kind
        apiVersion = resource.groupVersion.apiVersion
    }
}
