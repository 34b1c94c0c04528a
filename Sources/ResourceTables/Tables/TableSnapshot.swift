/// A table at one moment, for the screen: immutable, and cheap to hand over because rows are shared.
package struct TableSnapshot: Sendable {
    package var columns: [TableColumn]
    /// Those that the query wants, in its order.
    package var rows: [TableRow]
    package var counts: RowCounts
    package var state: TableState
    /// Where the row that was asked for stands among `rows`; nil when it is not there.
    package var selectedIndex: Int?
    /// Why the filter could not be used; then `rows` are those of the query without it.
    package var filterProblem: String?

    /// Whether some of the rows are those of deleted objects, which say farewell.
    package var hasFarewells: Bool { rows.count > counts.shown }

    package init(
        columns: [TableColumn], rows: [TableRow] = [], counts: RowCounts = RowCounts(),
        state: TableState = .loading(loaded: 0, total: nil), selectedIndex: Int? = nil, filterProblem: String? = nil
    ) {
        self.columns = columns
        self.rows = rows
        self.counts = counts
        self.state = state
        self.selectedIndex = selectedIndex
        self.filterProblem = filterProblem
    }
}
