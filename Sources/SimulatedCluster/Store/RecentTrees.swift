import KubernetesModel

/// The trees of objects that were read lately: those who look at an object one after the other parse it once.
///
/// Of two generations the younger becomes the older when it is full, and what nobody has read since the last time is forgotten. So
/// what trees cost is bounded, however many objects there are; a tree takes several times the memory of its bytes.
struct RecentTrees {
    /// How many bytes of JSON the trees of one generation stand for.
    static let capacity = 1 << 20

    private var younger: [Int: KubernetesObject] = [:]
    private var older: [Int: KubernetesObject] = [:]
    private var size = 0

    /// How many trees are kept.
    var count: Int { younger.count + older.count }

    /// A revision belongs to one state of one object.
    mutating func tree(of stored: StoredObject, orElse parse: () -> KubernetesObject) -> KubernetesObject {
        if let tree = younger[stored.revision] { return tree }
        let tree = older.removeValue(forKey: stored.revision) ?? parse()
        if size >= Self.capacity {
            older = younger
            younger = [:]
            size = 0
        }
        younger[stored.revision] = tree
        size += stored.bytes.count
        return tree
    }
}
