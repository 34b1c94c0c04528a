import ResourceTables

/// The rows that were marked for what is done next.
nonisolated struct TableMarks: Sendable {
    /// The uids of what was marked: something of the same name may come in its place.
    private(set) var uids: [TableRow.ID: String] = [:]
    /// Where a range begins.
    private var last: TableRow.ID?

    var isEmpty: Bool { uids.isEmpty }
    var count: Int { uids.count }

    func contains(_ id: TableRow.ID) -> Bool { uids[id] != nil }

    mutating func toggle(_ row: TableRow) {
        uids[row.id] = contains(row.id) ? nil : row.uid
        last = row.id
    }

    /// Marks everything from the last mark to `index`.
    mutating func extend(to index: Int, in rows: [TableRow]) {
        guard rows.indices.contains(index) else { return }
        let start = last.flatMap { last in rows.firstIndex { $0.id == last } } ?? index
        for row in rows[min(start, index)...max(start, index)] { uids[row.id] = row.uid }
        last = rows[index].id
    }

    mutating func insert(_ rows: [TableRow]) {
        for row in rows { uids[row.id] = row.uid }
    }

    /// What is gone is marked no more: something of the same name would be meant by mistake.
    mutating func forget(_ gone: [TableRow.ID]) {
        for id in gone { uids[id] = nil }
    }

    /// What has become of the marked rows.
    struct Fate: Sendable {
        /// Those that are not among the rows: a filter leaves them out.
        var hidden: Set<TableRow.ID> = []
        /// Those that are shown a last time.
        var gone: [TableRow.ID] = []
    }

    /// Looked for beside the main loop: the rows may be many.
    @concurrent func fate(among rows: [TableRow]) async -> Fate {
        var fate = Fate(hidden: Set(uids.keys))
        guard !isEmpty else { return fate }
        for row in rows where contains(row.id) {
            fate.hidden.remove(row.id)
            if row.change?.kind == .deleted { fate.gone.append(row.id) }
        }
        return fate
    }

    mutating func clear() {
        self = TableMarks()
    }
}
