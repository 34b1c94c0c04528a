import ResourceTables

/// The rows that were marked for what is done next.
struct TableMarks {
    private(set) var ids: Set<TableRow.ID> = []
    /// Where a range begins.
    private var last: TableRow.ID?

    mutating func toggle(_ id: TableRow.ID) {
        if ids.remove(id) == nil { ids.insert(id) }
        last = id
    }

    /// Marks everything from the last mark to `index`.
    mutating func extend(to index: Int, in rows: [TableRow]) {
        guard rows.indices.contains(index) else { return }
        let start = last.flatMap { last in rows.firstIndex { $0.id == last } } ?? index
        for row in rows[min(start, index)...max(start, index)] { ids.insert(row.id) }
        last = rows[index].id
    }

    mutating func insert(_ rows: [TableRow]) {
        ids.formUnion(rows.lazy.map(\.id))
    }

    /// What is gone is marked no more: something of the same name would be meant by mistake.
    mutating func forget(deletedOf rows: [TableRow]) {
        guard !ids.isEmpty else { return }
        for row in rows where row.change?.kind == .deleted { ids.remove(row.id) }
    }

    mutating func clear() {
        self = TableMarks()
    }
}
