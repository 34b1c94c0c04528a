import KubernetesModel

/// Equal values as one: what many objects have the same of is held once.
///
/// Of two generations the younger becomes the older when it is full, and what nobody has asked for since the last time is forgotten:
/// objects that are alike are mostly written at about the same time.
struct SharedValues<Value: Hashable> {
    /// How many values a generation holds.
    static var capacity: Int { 4096 }

    private var younger: Set<Value> = []
    private var older: Set<Value> = []

    /// How many values are remembered.
    var count: Int { younger.count + older.count }

    mutating func shared(_ value: Value) -> Value {
        if let index = younger.firstIndex(of: value) { return younger[index] }
        let known = older.remove(value) ?? value
        if younger.count >= Self.capacity {
            older = younger
            younger = []
        }
        younger.insert(known)
        return known
    }
}

/// What stored objects share.
struct SharedMetadata {
    private var labels = SharedValues<[String: String]>()
    private var owners = SharedValues<[OwnerReference]>()
    private var texts = SharedValues<String>()

    /// Texts up to this length take no memory of their own.
    private static let shortText = 15

    mutating func shared(_ value: [String: String]) -> [String: String] {
        value.isEmpty ? value : labels.shared(value)
    }

    mutating func shared(_ value: [OwnerReference]) -> [OwnerReference] {
        value.isEmpty ? value : owners.shared(value)
    }

    mutating func shared(_ value: String) -> String {
        value.utf8.count <= Self.shortText ? value : texts.shared(value)
    }
}
