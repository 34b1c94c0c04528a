import KubernetesModel

/// Objects by owner, and pods by node; those without one are by the empty name.
struct StoreIndex {
    static let pods = GroupResource(resource: "pods")

    struct Place: Hashable, Comparable {
        let resource: GroupResource
        let key: ObjectKey

        static func < (left: Place, right: Place) -> Bool {
            left.resource == right.resource ? left.key < right.key : left.resource.description < right.resource.description
        }
    }

    private var byOwner: [String: Set<Place>] = [:]
    private var podsByNode: [String: Set<ObjectKey>] = [:]

    func owned(by uid: String) -> [Place] {
        byOwner[uid]?.sorted() ?? []
    }

    func pods(onNode node: String) -> [ObjectKey] {
        podsByNode[node]?.sorted() ?? []
    }

    func hasPods(onNode node: String) -> Bool {
        podsByNode[node]?.isEmpty == false
    }

    mutating func apply(_ change: StoreChange) {
        let place = Place(resource: change.resource, key: change.key)
        let isPod = change.resource == Self.pods
        if let previous = change.previous {
            for uid in previous.ownerUIDs { remove(place, ownedBy: uid) }
            if isPod { podsByNode[previous.nodeName]?.remove(place.key) }
        }
        guard change.kind != .deleted else { return }
        for uid in change.object.ownerUIDs { byOwner[uid, default: []].insert(place) }
        if isPod { podsByNode[change.object.nodeName, default: []].insert(place.key) }
    }

    private mutating func remove(_ place: Place, ownedBy uid: String) {
        byOwner[uid]?.remove(place)
        if byOwner[uid]?.isEmpty == true { byOwner[uid] = nil }
    }
}

extension StoredObject {
    fileprivate var nodeName: String { field("spec.nodeName") ?? "" }
}
