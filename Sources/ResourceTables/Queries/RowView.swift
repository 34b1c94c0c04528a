import KubernetesModel
import KubernetesSemantics

/// The rows that a query wants, in its order, kept up to date change by change.
struct RowView {
    let query: TableQuery
    private(set) var rows: [TableRow] = []
    private(set) var counts = RowCounts()

    private let matcher: RowMatcher
    private let sortColumn: Int?

    /// - Throws: `TableFilterError`.
    init(_ query: TableQuery, columns: [TableColumn], rows all: [TableRow]) throws(TableFilterError) {
        self.query = query
        matcher = try RowMatcher(query, columns: columns)
        sortColumn = query.sort.flatMap { sort in columns.firstIndex { $0.title == sort.column } }
        for row in all { count(row, 1) }
        rows = all.filter(matcher.matches).sorted(by: precedes)
    }

    /// Rows that say farewell count no more.
    private mutating func count(_ row: TableRow, _ step: Int) {
        guard row.change?.kind != .deleted, matcher.isInScope(row) else { return }
        counts.total += step
        guard matcher.matches(row) else { return }
        counts.shown += step
        if row.health.isFault { counts.faults += step }
    }

    mutating func apply(_ difference: RowCollection.Difference) {
        for row in difference.removed { count(row, -1) }
        for row in difference.inserted { count(row, 1) }
        // What came and went within one difference is in both lists.
        let removed = Set(difference.removed.map(ObjectIdentifier.init))
        let passing = removed.intersection(difference.inserted.map(ObjectIdentifier.init))
        var places = places(of: difference.removed.filter { !passing.contains(ObjectIdentifier($0)) })
        var inserted: [TableRow] = []
        for row in difference.inserted where !removed.contains(ObjectIdentifier(row)) && matcher.matches(row) {
            // Most changes leave a row where it is.
            if let place = places[row.key], belongs(row, at: place) {
                rows[place] = row
                places[row.key] = nil
            } else {
                inserted.append(row)
            }
        }
        remove(places.values.sorted())
        guard !inserted.isEmpty else { return }
        if inserted.count * 8 > rows.count {
            rows = (rows + inserted).sorted(by: precedes)
        } else {
            merge(inserted.sorted(by: precedes))
        }
    }

    /// Where the rows stand that stand here, by key.
    private func places(of wanted: [TableRow]) -> [ObjectKey: Int] {
        var places: [ObjectKey: Int] = [:]
        for row in wanted {
            if let place = index(of: row) { places[row.key] = place }
        }
        return places
    }

    /// The place of this very row: found by halving, because the rows are in a total order.
    func index(of row: TableRow) -> Int? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if precedes(rows[middle], row) { low = middle + 1 } else { high = middle }
        }
        return rows.indices.contains(low) && rows[low] === row ? low : nil
    }

    private func belongs(_ row: TableRow, at place: Int) -> Bool {
        (place == 0 || precedes(rows[place - 1], row)) && (place + 1 == rows.count || precedes(row, rows[place + 1]))
    }

    /// - Parameter places: in ascending order.
    private mutating func remove(_ places: [Int]) {
        guard !places.isEmpty else { return }
        var kept: [TableRow] = []
        kept.reserveCapacity(rows.count - places.count)
        var start = 0
        for place in places {
            kept.append(contentsOf: rows[start..<place])
            start = place + 1
        }
        kept.append(contentsOf: rows[start...])
        rows = kept
    }

    /// Puts few sorted rows among many: each place is found by halving, then everything moves once.
    private mutating func merge(_ inserted: [TableRow]) {
        var merged: [TableRow] = []
        merged.reserveCapacity(rows.count + inserted.count)
        var start = 0
        for row in inserted {
            let place = insertionIndex(of: row, from: start)
            merged.append(contentsOf: rows[start..<place])
            merged.append(row)
            start = place
        }
        merged.append(contentsOf: rows[start...])
        rows = merged
    }

    private func insertionIndex(of row: TableRow, from start: Int) -> Int {
        var low = start
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if precedes(row, rows[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// A total order: what is equal by the wanted column goes by namespace and name, so that updates leave rows in place.
    private func precedes(_ left: TableRow, _ right: TableRow) -> Bool {
        if matcher.isRanked {
            let ranks = (matcher.rank(of: left) ?? .min, matcher.rank(of: right) ?? .min)
            if ranks.0 != ranks.1 { return ranks.0 > ranks.1 }
        }
        if let sortColumn {
            let order = left.cells[sortColumn].order(right.cells[sortColumn])
            if order != 0 { return (order < 0) == (query.sort?.isAscending ?? true) }
        }
        return Self.keyOrder(left, right) < 0
    }

    private static func keyOrder(_ left: TableRow, _ right: TableRow) -> Int {
        let namespaces = NaturalOrder.compare(left.key.namespace ?? "", right.key.namespace ?? "")
        if namespaces != 0 { return namespaces }
        let names = NaturalOrder.compare(left.key.name, right.key.name)
        if names != 0 { return names }
        return left.key == right.key ? 0 : left.key < right.key ? -1 : 1
    }
}

/// How many rows there are, by what is known of them.
package struct RowCounts: Sendable, Hashable {
    /// In the namespaces and the relation that the query is about.
    package var total = 0
    /// Those of them that its filter admits.
    package var shown = 0
    /// Those shown that are worth a look or failing.
    package var faults = 0

    package init(total: Int = 0, shown: Int = 0, faults: Int = 0) {
        self.total = total
        self.shown = shown
        self.faults = faults
    }
}
