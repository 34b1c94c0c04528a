import KubernetesClient
package import KubernetesModel
import KubernetesSemantics

/// The rows of a table, kept up to date by a reflector's events. Pure: time comes in with every event.
package struct RowCollection: Sendable {
    /// How long a deleted row stays, dimmed.
    package static let farewell = Duration.seconds(3)

    private struct Entry {
        var row: TableRow
        /// What the object tells of itself.
        let health: HealthVerdict
        /// The list in which the object was last named.
        var list: Int
    }

    /// What a step did to the rows shown.
    struct Difference {
        var removed: [TableRow] = []
        var inserted: [TableRow] = []

        var count: Int { removed.count + inserted.count }

        mutating func append(_ later: Difference) {
            removed += later.removed
            inserted += later.inserted
        }
    }

    private let layout: ResourceLayout
    private var entries: [ObjectKey: Entry] = [:]
    private var deleted: [ObjectKey: TableRow] = [:]
    /// How many rows lie on each node.
    private(set) var countsByNode: [String: Int] = [:]
    private var list = 0
    private(set) var isListing = true
    private var hasBeenReady = false
    private var usage: UsageReport?
    /// Nil until those of all Services are known.
    private var endpoints: [ObjectKey: EndpointCount]?

    package init(layout: ResourceLayout) {
        self.layout = layout
    }

    package var count: Int { entries.count }

    /// All rows, those just deleted included, in no order.
    package var rows: [TableRow] { entries.values.map(\.row) + deleted.values }

    package subscript(key: ObjectKey) -> TableRow? { entries[key]?.row }

    /// The row, or the farewell of one just deleted.
    subscript(shown key: ObjectKey) -> TableRow? { entries[key]?.row ?? deleted[key] }

    // MARK: Events

    /// Everything that still exists is going to be named again.
    mutating func restart() {
        list += 1
        isListing = true
    }

    mutating func initial(_ object: KubernetesObject, at now: Instant, into difference: inout Difference) {
        let metadata = object.metadata
        if let entry = entries[metadata.key], entry.row.uid == metadata.uid, entry.row.resourceVersion == metadata.resourceVersion {
            entries[metadata.key]?.list = list
        } else {
            applied(object, at: now, into: &difference)
        }
    }

    /// Drops what was not named since the restart.
    mutating func ready(at now: Instant, into difference: inout Difference) {
        for (key, entry) in entries where entry.list != list { remove(key, at: now, into: &difference) }
        isListing = false
        hasBeenReady = true
    }

    mutating func applied(_ object: KubernetesObject, at now: Instant, into difference: inout Difference) {
        let own = layout.row(of: object, usage: usage, now: now)
        let row = endpoints.map { layout.counted(own, $0[own.key], health: own.health) } ?? own
        let old = entries[row.key]?.row
        if let farewell = deleted.removeValue(forKey: row.key) { difference.removed.append(farewell) }
        if let old { difference.removed.append(old) }
        let marked = row.with(change(from: old, to: row, at: now))
        entries[row.key] = Entry(row: marked, health: own.health, list: list)
        move(from: old?.links.node, to: row.links.node)
        difference.inserted.append(marked)
    }

    mutating func deleted(_ object: KubernetesObject, at now: Instant, into difference: inout Difference) {
        remove(object.key, at: now, into: &difference)
    }

    private mutating func remove(_ key: ObjectKey, at now: Instant, into difference: inout Difference) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        difference.removed.append(entry.row)
        move(from: entry.row.links.node, to: nil)
        let farewell = entry.row.with(RowChange(.deleted, at: now))
        deleted[key] = farewell
        difference.inserted.append(farewell)
    }

    private mutating func move(from old: String?, to new: String?) {
        guard old != new else { return }
        if let old, let count = countsByNode[old] { countsByNode[old] = count == 1 ? nil : count - 1 }
        if let new { countsByNode[new, default: 0] += 1 }
    }

    /// Shows in all rows what is used now.
    mutating func measure(_ report: UsageReport?, into difference: inout Difference) {
        usage = report
        guard layout.isMeasured else { return }
        for (key, entry) in entries {
            let row = layout.measured(entry.row, report)
            guard row !== entry.row else { continue }
            entries[key]?.row = row
            difference.removed.append(entry.row)
            difference.inserted.append(row)
        }
    }

    /// Shows in all rows how many endpoints there are.
    mutating func count(_ counts: [ObjectKey: EndpointCount], into difference: inout Difference) {
        endpoints = counts
        for (key, entry) in entries {
            let row = layout.counted(entry.row, counts[key], health: entry.health)
            guard row !== entry.row else { continue }
            entries[key]?.row = row
            difference.removed.append(entry.row)
            difference.inserted.append(row)
        }
    }

    /// Lets go of rows whose farewell is over.
    mutating func expire(at now: Instant, into difference: inout Difference) {
        for (key, row) in deleted {
            guard let change = row.change, change.time + Self.farewell <= now else { continue }
            deleted[key] = nil
            difference.removed.append(row)
        }
    }

    private func change(from old: TableRow?, to new: TableRow, at now: Instant) -> RowChange? {
        guard let old, old.uid == new.uid else { return hasBeenReady ? RowChange(.added, at: now) : nil }
        var changes: [Int: CellChange] = [:]
        // Measurements change all the time: that is no news.
        for (index, (newCell, oldCell)) in zip(new.cells, old.cells).enumerated() where layout.columns[index].kind != .metric {
            if let change = newCell.change(from: oldCell) { changes[index] = change }
        }
        // Nothing that is shown changed: the marks of the change before go on fading.
        return changes.isEmpty ? old.change : RowChange(.modified(changes), at: now)
    }
}
