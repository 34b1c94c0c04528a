extension TableSnapshot {
    /// Tables of one resource in several clusters as one, in the query's order. Away from the main actor: there may be many rows.
    /// - Parameters:
    ///   - parts: of the same columns, all for this query; at least one.
    ///   - selected: the row whose place is wanted.
    @concurrent package static func merging(_ parts: [TableSnapshot], for query: TableQuery, selected: TableRow.ID?) async -> TableSnapshot
    {
        guard var merged = parts.first, parts.count > 1 else { return parts[0] }
        let order = order(query, merged.columns)
        for part in parts.dropFirst() {
            merged.rows = order.map { $0.merging(merged.rows, part.rows) } ?? merged.rows + part.rows
            merged.counts.total += part.counts.total
            merged.counts.shown += part.counts.shown
            merged.counts.faults += part.counts.faults
            merged.filterProblem = merged.filterProblem ?? part.filterProblem
        }
        merged.state = TableState.shared(by: parts.map(\.state))
        merged.selectedIndex = selected.flatMap { selected in merged.rows.firstIndex { $0.id == selected } }
        return merged
    }

    /// Of a filter that can't be understood nothing is taken, as by the tables themselves.
    private static func order(_ query: TableQuery, _ columns: [TableColumn]) -> RowOrder? {
        var plain = query
        plain.filter = .everything
        guard let matcher = (try? RowMatcher(query, columns: columns)) ?? (try? RowMatcher(plain, columns: columns)) else { return nil }
        return RowOrder(query, matcher: matcher, columns: columns)
    }
}

extension TableState {
    /// What can be said of several tables in a word: that one of them is to be trusted, else that one is coming, else what is wrong.
    static func shared(by states: [TableState]) -> TableState {
        if states.contains(.live) { return .live }
        var sum: (loaded: Int, total: Int?)?
        for case .loading(let loaded, let total) in states {
            guard let before = sum else {
                sum = (loaded, total)
                continue
            }
            sum = (before.loaded + loaded, before.total.flatMap { before in total.map { before + $0 } })
        }
        return sum.map { .loading(loaded: $0.loaded, total: $0.total) } ?? states[0]
    }
}
