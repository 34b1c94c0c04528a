import KubernetesModel
import KubernetesSemantics

/// The rows that a query wants, in its order, kept up to date change by change.
struct RowView {
    let query: TableQuery
    private(set) var rows: [TableRow] = []
    private(set) var counts = RowCounts()

    private let matcher: RowMatcher
    private let order: RowOrder

    /// - Parameter isSorted: whether all stand in the order of the query's sorting already.
    /// - Throws: `TableFilterError`.
    init(_ query: TableQuery, columns: [TableColumn], rows all: [TableRow], isSorted: Bool = false) throws(TableFilterError) {
        self.query = query
        matcher = try RowMatcher(query, columns: columns)
        order = RowOrder(query, matcher: matcher, columns: columns)
        for row in all {
            let isShown = matcher.matches(row)
            if isShown { rows.append(row) }
            count(row, isShown: isShown, 1)
        }
        if matcher.isRanked || !isSorted { rows = order.sorted(rows) }
    }

    /// Rows that say farewell count no more.
    private mutating func count(_ row: TableRow, isShown: Bool, _ step: Int) {
        guard row.change?.kind != .deleted, matcher.isInScope(row) else { return }
        counts.total += step
        guard isShown else { return }
        counts.shown += step
        if row.health.isFault { counts.faults += step }
    }

    mutating func apply(_ difference: RowCollection.Difference) {
        for row in difference.removed { count(row, isShown: matcher.matches(row), -1) }
        for row in difference.inserted { count(row, isShown: matcher.matches(row), 1) }
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
            rows = order.sorted(rows + inserted)
        } else {
            merge(order.sorted(inserted))
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
            if order.precedes(rows[middle], row) { low = middle + 1 } else { high = middle }
        }
        return rows.indices.contains(low) && rows[low] === row ? low : nil
    }

    private func belongs(_ row: TableRow, at place: Int) -> Bool {
        (place == 0 || order.precedes(rows[place - 1], row)) && (place + 1 == rows.count || order.precedes(row, rows[place + 1]))
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
            if order.precedes(row, rows[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
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
