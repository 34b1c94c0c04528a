import KubernetesModel

/// The order in which a query wants rows: total, so that updates leave rows in place.
struct RowOrder {
    private let matcher: RowMatcher
    private let sortColumn: Int?
    private let isAscending: Bool

    init(_ query: TableQuery, matcher: RowMatcher, columns: [TableColumn]) {
        self.matcher = matcher
        sortColumn = query.sort.flatMap { sort in columns.firstIndex { $0.title == sort.column } }
        isAscending = query.sort?.isAscending ?? true
    }

    func sorted(_ rows: [TableRow]) -> [TableRow] {
        guard matcher.isRanked else { return rows.sorted(by: precedesUnranked) }
        // Ranking takes longer than comparing: each row is ranked once.
        return rows.map { (rank: matcher.rank(of: $0) ?? .min, row: $0) }
            .sorted { $0.rank == $1.rank ? precedesUnranked($0.row, $1.row) : $0.rank > $1.rank }
            .map(\.row)
    }

    /// What is equal by the wanted column goes by namespace, name and context.
    func precedes(_ left: TableRow, _ right: TableRow) -> Bool {
        if matcher.isRanked {
            let ranks = (matcher.rank(of: left) ?? .min, matcher.rank(of: right) ?? .min)
            if ranks.0 != ranks.1 { return ranks.0 > ranks.1 }
        }
        return precedesUnranked(left, right)
    }

    private func precedesUnranked(_ left: TableRow, _ right: TableRow) -> Bool {
        if let sortColumn {
            let order = left.cells[sortColumn].order(right.cells[sortColumn])
            if order != 0 { return (order < 0) == isAscending }
        }
        return Self.keyOrder(left, right) < 0
    }

    /// Rows of two tables as one, each in this order already.
    func merging(_ left: [TableRow], _ right: [TableRow]) -> [TableRow] {
        var merged: [TableRow] = []
        merged.reserveCapacity(left.count + right.count)
        var place = 0
        for row in left {
            while place < right.count, precedes(right[place], row) {
                merged.append(right[place])
                place += 1
            }
            merged.append(row)
        }
        return merged + right[place...]
    }

    private static func keyOrder(_ left: TableRow, _ right: TableRow) -> Int {
        let namespaces = NaturalOrder.compare(left.key.namespace ?? "", right.key.namespace ?? "")
        if namespaces != 0 { return namespaces }
        let names = NaturalOrder.compare(left.key.name, right.key.name)
        if names != 0 { return names }
        if left.key != right.key { return left.key < right.key ? -1 : 1 }
        return NaturalOrder.compare(left.context ?? "", right.context ?? "")
    }
}
