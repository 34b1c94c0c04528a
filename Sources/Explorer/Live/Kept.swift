/// What was made of something, kept until that changes: it is asked for many times in each frame.
struct Kept<Key: Equatable, Value> {
    private var known: (key: Key, value: Value)?

    mutating func value(for key: Key, make: () -> Value) -> Value {
        if let known, known.key == key { return known.value }
        let value = make()
        known = (key, value)
        return value
    }
}

/// What the lines of a list depend on.
struct FilteredContent: Equatable {
    /// See `Composition.version`.
    let version: Int
    let pattern: String?
    /// The branches of a tree that are closed.
    var closed: Set<[String]> = []
}
