import KubernetesModel
import ResourceTables

/// The rows that were marked for what is done next.
struct TableMarks {
    private(set) var keys: Set<ObjectKey> = []
    /// Where a range begins.
    private var last: ObjectKey?

    mutating func toggle(_ key: ObjectKey) {
        if keys.remove(key) == nil { keys.insert(key) }
        last = key
    }

    /// Marks everything from the last mark to `index`.
    mutating func extend(to index: Int, in rows: [TableRow]) {
        guard rows.indices.contains(index) else { return }
        let start = last.flatMap { last in rows.firstIndex { $0.key == last } } ?? index
        for row in rows[min(start, index)...max(start, index)] { keys.insert(row.key) }
        last = rows[index].key
    }

    mutating func insert(_ rows: [TableRow]) {
        keys.formUnion(rows.lazy.map(\.key))
    }

    /// What is gone is marked no more: something of the same name would be meant by mistake.
    mutating func forget(deletedOf rows: [TableRow]) {
        guard !keys.isEmpty else { return }
        for row in rows where row.change?.kind == .deleted { keys.remove(row.key) }
    }

    mutating func clear() {
        self = TableMarks()
    }
}
