import KubernetesModel

/// The objects of one resource, ordered by namespace and name.
struct ObjectTable {
    private struct Bucket {
        var objects: [String: StoredObject] = [:]
        var names: [String] = []
    }

    private var buckets: [String: Bucket] = [:]
    private var namespaces: [String] = []
    private(set) var count = 0

    subscript(key: ObjectKey) -> StoredObject? {
        buckets[key.namespace ?? ""]?.objects[key.name]
    }

    mutating func insert(_ object: StoredObject) {
        let namespace = object.key.namespace ?? ""
        if buckets[namespace] == nil { namespaces.insert(namespace, at: Self.position(of: namespace, in: namespaces)) }
        let isNew = buckets[namespace, default: Bucket()].objects.updateValue(object, forKey: object.key.name) == nil
        guard isNew else { return }
        count += 1
        let position = buckets[namespace].map { Self.position(of: object.key.name, in: $0.names) } ?? 0
        buckets[namespace]?.names.insert(object.key.name, at: position)
    }

    mutating func remove(_ key: ObjectKey) {
        let namespace = key.namespace ?? ""
        guard buckets[namespace]?.objects.removeValue(forKey: key.name) != nil, let names = buckets[namespace]?.names else { return }
        count -= 1
        if names.count == 1 {
            buckets[namespace] = nil
            namespaces.remove(at: Self.position(of: namespace, in: namespaces))
        } else {
            buckets[namespace]?.names.remove(at: Self.position(of: key.name, in: names))
        }
    }

    /// Visits the objects in order, from just after a key, until `visit` returns false.
    func forEach(namespace: String?, after start: ObjectKey? = nil, _ visit: (StoredObject) -> Bool) {
        let chosen = namespace.map { buckets[$0] == nil ? [] : [$0] } ?? namespaces
        for name in chosen {
            guard let bucket = buckets[name] else { continue }
            var index = 0
            if let start {
                let startNamespace = start.namespace ?? ""
                if name < startNamespace { continue }
                if name == startNamespace { index = Self.position(after: start.name, in: bucket.names) }
            }
            while index < bucket.names.count {
                if let object = bucket.objects[bucket.names[index]], !visit(object) { return }
                index += 1
            }
        }
    }

    func count(namespace: String?, after start: ObjectKey) -> Int {
        let startNamespace = start.namespace ?? ""
        return (namespace.map { [$0] } ?? namespaces).reduce(0) { count, name in
            guard let bucket = buckets[name], name >= startNamespace else { return count }
            return count + bucket.names.count - (name == startNamespace ? Self.position(after: start.name, in: bucket.names) : 0)
        }
    }

    /// Where a name stands, or would stand.
    private static func position(of name: String, in names: [String]) -> Int {
        if let last = names.last, last < name { return names.count }
        return partition(names) { $0 < name }
    }

    private static func position(after name: String, in names: [String]) -> Int {
        partition(names) { $0 <= name }
    }

    /// How many of the sorted names come first by `isBefore`.
    private static func partition(_ names: [String], _ isBefore: (String) -> Bool) -> Int {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(names[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
