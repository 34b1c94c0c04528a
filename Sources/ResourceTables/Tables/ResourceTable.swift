package import KubernetesClient
package import KubernetesModel
import KubernetesSemantics

/// A live table: follows a resource with a reflector, keeps its rows, and hands out snapshots. Sorting and filtering happen
/// here, away from the main actor.
///
/// It works from its making until it is let go.
package actor ResourceTable {
    package nonisolated let layout: ResourceLayout
    /// Fires after changes, however many there were since it was last awaited.
    package nonisolated let changes: AsyncStream<Void>

    private static let mostUnseen = 5000
    private static let pieceLength = 50

    private nonisolated let notify: AsyncStream<Void>.Continuation
    private nonisolated let now: @Sendable () -> Instant
    private var collection: RowCollection
    private var freshness: Freshness
    private var view: RowView?
    /// All rows in the view's order, while a filter lets it show only some: what is typed next is picked from these without sorting.
    private var unfiltered: RowView?
    /// What has changed since the view was last looked at: it is brought up to date when it is, not at every change.
    private var unseen = RowCollection.Difference()
    private var consumer: Task<Void, Never>?

    /// - Parameter lastContact: when the cluster answered last, where that is over; nil is now.
    package init(
        layout: ResourceLayout, stream: ReflectorStream, lastContact: Instant? = nil, now: @escaping @Sendable () -> Instant
    ) {
        self.layout = layout
        self.now = now
        collection = RowCollection(layout: layout)
        freshness = Freshness(at: lastContact ?? now())
        (changes, notify) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        // Keys come first.
        Task(priority: .utility) { await self.follow(stream) }
    }

    deinit {
        consumer?.cancel()
        notify.finish()
    }

    private func follow(_ stream: ReflectorStream) {
        consumer = Task { [weak self] in
            for await batch in stream {
                // Short pieces: a snapshot that is asked for in between must not wait for a long list.
                for start in stride(from: 0, to: batch.count, by: Self.pieceLength) {
                    await self?.apply(batch[start..<min(start + Self.pieceLength, batch.count)])
                }
            }
        }
    }

    // MARK: Reading

    /// - Parameter selected: the object whose place is wanted.
    package func snapshot(for query: TableQuery, selected: ObjectKey? = nil) -> TableSnapshot {
        var problem: String?
        expire()
        view?.apply(unseen)
        unfiltered?.apply(unseen)
        unseen = RowCollection.Difference()
        if view?.query != query {
            do {
                view = try makeView(query)
            } catch {
                problem = error.description
                var plain = query
                plain.filter = .everything
                view = try? makeView(plain)
            }
        }
        let rows = view?.rows ?? []
        return TableSnapshot(
            columns: layout.columns, rows: rows, counts: view?.counts ?? RowCounts(), state: freshness.state,
            selectedIndex: selected.flatMap { collection[shown: $0] }.flatMap { view?.index(of: $0) }, filterProblem: problem
        )
    }

    private func makeView(_ query: TableQuery) throws(TableFilterError) -> RowView {
        let all = TableQuery(sort: query.sort)
        var sorted = [unfiltered, view].compactMap { $0 }.first { $0.query == all }
        unfiltered = nil
        if query == all, let sorted { return sorted }
        guard query.filter != .everything else { return try RowView(query, columns: layout.columns, rows: collection.rows) }
        if sorted == nil { sorted = try RowView(all, columns: layout.columns, rows: collection.rows) }
        unfiltered = sorted
        return try RowView(query, columns: layout.columns, rows: sorted?.rows ?? [], isSorted: true)
    }

    package func row(_ key: ObjectKey) -> TableRow? {
        collection[key]
    }

    /// How many rows lie on each node; nil until all are known.
    package func countsByNode() -> [String: Int]? {
        freshness.isComplete ? collection.countsByNode : nil
    }

    // MARK: Events

    /// Takes a piece of what the reflector tells.
    package func apply(_ events: some Sequence<ReflectorEvent> & Sendable) {
        var difference = RowCollection.Difference()
        // Nobody may be looking, for days: farewells that are over must not pile up.
        collection.expire(at: now(), into: &difference)
        for event in events { apply(event, into: &difference) }
        show(difference)
        notify.yield()
    }

    private func apply(_ event: ReflectorEvent, into difference: inout RowCollection.Difference) {
        let now = now()
        switch event {
        case .restarting: collection.restart()
        case .initial(let object): collection.initial(object, at: now, into: &difference)
        case .ready: collection.ready(at: now, into: &difference)
        case .applied(let object): collection.applied(object, at: now, into: &difference)
        case .deleted(let object): collection.deleted(object, at: now, into: &difference)
        case .progress, .degraded, .recovered: break
        }
        freshness.take(event, count: collection.count, at: now)
    }

    /// Takes over what is used now; nil when nobody can tell.
    package func measure(_ report: UsageReport?) {
        var difference = RowCollection.Difference()
        collection.measure(report, into: &difference)
        show(difference)
        notify.yield()
    }

    /// Takes over how many endpoints the Services have.
    package func count(_ endpoints: [ObjectKey: EndpointCount]) {
        var difference = RowCollection.Difference()
        collection.count(endpoints, into: &difference)
        show(difference)
        notify.yield()
    }

    private func expire() {
        var difference = RowCollection.Difference()
        collection.expire(at: now(), into: &difference)
        show(difference)
    }

    private func show(_ difference: RowCollection.Difference) {
        guard view != nil else { return }
        unseen.append(difference)
        // Nobody looks, or everything is new: then the view is made anew when somebody does.
        if unseen.count > max(Self.mostUnseen, collection.count) {
            view = nil
            unfiltered = nil
            unseen = RowCollection.Difference()
        }
    }
}
