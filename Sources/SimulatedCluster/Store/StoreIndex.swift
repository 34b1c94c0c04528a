import KubernetesModel

/// Objects by owner, and pods by node; those without one are by the empty name.
struct StoreIndex {
    static let pods = GroupResource(resource: "pods")

    struct Place: Hashable {
        let resource: GroupResource
        let key: ObjectKey
    }

    private var byOwner: [String: [GroupResource: Set<ObjectKey>]] = [:]
    private var podsByNode: [String: Set<ObjectKey>] = [:]

    func owned(by uid: String) -> [Place] {
        let owned = (byOwner[uid] ?? [:]).sorted { $0.key.description < $1.key.description }
        return owned.flatMap { resource, keys in keys.sorted().map { Place(resource: resource, key: $0) } }
    }

    func owned(by uid: String, resource: GroupResource) -> [ObjectKey] {
        byOwner[uid]?[resource]?.sorted() ?? []
    }

    func pods(onNode node: String) -> [ObjectKey] {
        podsByNode[node]?.sorted() ?? []
    }

    func hasPods(onNode node: String) -> Bool {
        podsByNode[node]?.isEmpty == false
    }

    mutating func apply(_ change: StoreChange) {
        let (resource, key) = (change.resource, change.key)
        let isPod = change.resource == Self.pods
        if let previous = change.previous {
            for owner in previous.owners { remove(resource, key, ownedBy: owner.uid) }
            if isPod { podsByNode[previous.nodeName]?.remove(key) }
        }
        guard change.kind != .deleted else { return }
        for owner in change.object.owners { byOwner[owner.uid, default: [:]][resource, default: []].insert(key) }
        if isPod { podsByNode[change.object.nodeName, default: []].insert(key) }
    }

    private mutating func remove(_ resource: GroupResource, _ key: ObjectKey, ownedBy uid: String) {
        byOwner[uid]?[resource]?.remove(key)
        if byOwner[uid]?[resource]?.isEmpty == true { byOwner[uid]?[resource] = nil }
        if byOwner[uid]?.isEmpty == true { byOwner[uid] = nil }
    }
}

extension StoredObject {
    fileprivate var nodeName: String { field("spec.nodeName") ?? "" }
}
