import KubernetesSemantics

/// How many endpoints a Service has, and how many of them are ready.
package struct EndpointCount: Sendable, Hashable {
    /// Of the column that tells it.
    package static let title = "ENDPOINTS"

    package var ready: Int
    package var total: Int

    package init(ready: Int = 0, total: Int = 0) {
        self.ready = ready
        self.total = total
    }

    /// Nil where nothing is wrong.
    var fault: HealthVerdict? {
        if ready > 0 { return nil }
        return HealthVerdict(.failing, total == 0 ? "no endpoints" : "none of \(total) endpoints is ready")
    }
}

extension ResourceLayout {

    /// Filled in by `counted`, since the object itself does not tell.
    static let endpoints = ColumnDefinition.computed(EndpointCount.title, .text, .right) { _ in .unmeasured }

    /// The row of a Service with its endpoints. Nobody fills in those of a Service that selects nothing.
    /// - Parameter health: what the object itself tells.
    func counted(_ row: TableRow, _ count: EndpointCount?, health: HealthVerdict) -> TableRow {
        guard let column = index(of: EndpointCount.title), row.links.podSelector != nil else { return row }
        let count = count ?? EndpointCount()
        var cells = row.cells
        cells[column] = .ratio(count.ready, of: count.total)
        let health = count.fault ?? health
        if let valid = index(of: "VALID") { cells[valid] = .text(health.isFault ? health.reason ?? "" : "") }
        return cells == row.cells && health == row.health ? row : row.with(cells, health: health)
    }
}
