package import KubernetesModel

/// Everything the cluster remembers: objects by resource, one counter of revisions, and the latest changes.
///
/// It knows no rules: those are the `WritePipeline`'s, the only one who writes here.
package final class ObjectStore {
    /// The revision of the latest write.
    package private(set) var revision: Int
    private var tables: [GroupResource: ObjectTable] = [:]
    private var ring = ChangeRing()
    private var index = StoreIndex()
    private var shared = SharedMetadata()
    private var observers: [(StoreChange) -> Void] = []

    package init(revision: Int = 1) {
        self.revision = revision
    }

    /// Calls `observer` after each write, in the order of registration.
    package func observe(_ observer: @escaping (StoreChange) -> Void) {
        observers.append(observer)
    }

    // MARK: Reading

    package func get(_ resource: GroupResource, _ key: ObjectKey) -> StoredObject? {
        tables[resource]?[key]
    }

    package func count(of resource: GroupResource) -> Int {
        tables[resource]?.count ?? 0
    }

    /// How many objects of a resource, or of one namespace, come after a key.
    package func count(of resource: GroupResource, namespace: String?, after key: ObjectKey) -> Int {
        tables[resource]?.count(namespace: namespace, after: key) ?? 0
    }

    /// Visits objects in the order of their keys until `visit` returns false.
    package func forEach(
        _ resource: GroupResource, namespace: String? = nil, after key: ObjectKey? = nil, _ visit: (StoredObject) -> Bool
    ) {
        tables[resource]?.forEach(namespace: namespace, after: key, visit)
    }

    /// The objects of a resource, or of one namespace, in the order of their keys.
    package func list(_ resource: GroupResource, namespace: String? = nil) -> [StoredObject] {
        var objects: [StoredObject] = []
        forEach(resource, namespace: namespace) {
            objects.append($0); return true
        }
        return objects
    }

    /// The resources of which there are objects, in alphabetical order.
    package var resources: [GroupResource] {
        tables.filter { $0.value.count > 0 }.keys.sorted { ($0.group, $0.resource) < ($1.group, $1.resource) }
    }

    /// The objects that name `uid` among their owners.
    package func owned(by uid: String) -> [StoredObject] {
        index.owned(by: uid).compactMap { get($0.resource, $0.key) }
    }

    /// Those of one resource, in the order of their keys.
    package func owned(by uid: String, resource: GroupResource) -> [StoredObject] {
        index.owned(by: uid, resource: resource).compactMap { get(resource, $0) }
    }

    package func pods(onNode node: String) -> [StoredObject] {
        index.pods(onNode: node).compactMap { get(StoreIndex.pods, $0) }
    }

    package func hasPods(onNode node: String) -> Bool {
        index.hasPods(onNode: node)
    }

    /// The changes after a revision, oldest first; nil when some of them are forgotten.
    package func changes(since revision: Int) -> [StoreChange]? {
        ring.since(revision).map(Array.init)
    }

    /// Changes up to this revision are forgotten.
    package var compactedRevision: Int { ring.compactedRevision }

    // MARK: Writing

    /// What was stored last, as the tree it was made from, for those who are about to read it.
    private(set) var latest: (stored: StoredObject, object: KubernetesObject)?

    /// Stores an object at a new revision, in place of the one of the same key.
    @discardableResult
    func put(_ object: KubernetesObject, resource: GroupResource) -> StoredObject {
        keep(next(object, resource: resource))
    }

    /// Stores what is written over the API, unless it is larger than a database takes it.
    func write(_ object: KubernetesObject, resource: GroupResource) throws(StatusError) -> StoredObject {
        let written = next(object, resource: resource)
        guard written.stored.bytes.count <= Self.largestObject else { throw .largerThanTheDatabaseTakes }
        return keep(written)
    }

    /// etcd takes requests of 1.5 MiB; they come as protobuf, for which JSON of this size is about as long.
    static let largestObject = 2 << 20

    private typealias Written = (stored: StoredObject, object: KubernetesObject)

    private func next(_ object: KubernetesObject, resource: GroupResource) -> Written {
        var object = Self.ordered(object)
        object["metadata", default: [:]]["resourceVersion"] = .string(String(revision + 1))
        return (StoredObject(object, resource: resource, revision: revision + 1, sharing: &shared), object)
    }

    private func keep(_ written: Written) -> StoredObject {
        let stored = written.stored
        revision = stored.revision
        latest = written
        let previous = tables[stored.resource]?[stored.key]
        tables[stored.resource, default: ObjectTable()].insert(stored)
        record(StoreChange(kind: previous == nil ? .added : .modified, object: stored, previous: previous))
        return stored
    }

    /// Removes an object; nil when there was none.
    @discardableResult
    func remove(_ resource: GroupResource, _ key: ObjectKey) -> StoredObject? {
        guard let previous = tables[resource]?[key] else { return nil }
        revision += 1
        var object = previous.object
        object["metadata", default: [:]]["resourceVersion"] = .string(String(revision))
        let last = StoredObject(object, resource: resource, revision: revision, sharing: &shared)
        tables[resource]?.remove(key)
        record(StoreChange(kind: .deleted, object: last, previous: previous))
        return last
    }

    /// With the kind first, as answers begin: lists can then cut it off without parsing.
    private static func ordered(_ object: KubernetesObject) -> KubernetesObject {
        var json: JSONObject = ["kind": .string(object.kind), "apiVersion": .string(object.apiVersion), "metadata": [:]]
        for (key, value) in object.json { json[key] = value }
        return KubernetesObject(json)
    }

    /// Forgets the changes up to a revision, as etcd's compaction does.
    package func compact(_ revision: Int) {
        ring.compact(min(revision, self.revision))
    }

    private func record(_ change: StoreChange) {
        ring.append(change)
        index.apply(change)
        for observer in observers { observer(change) }
    }
}
