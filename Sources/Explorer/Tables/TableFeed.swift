import KubernetesClient
import KubernetesModel
import ResourceTables

/// The rows of one resource in one or several clusters, kept up to date from `open` on until it is let go.
final class TableFeed {
    private let resource: APIResource
    private let sessions: [ClusterSession]
    private let scope: ReflectorScope
    private let conditions: FieldConditions?
    /// Whether, of nodes, the pods on them are counted: it takes all pods.
    private let countsPods: Bool
    /// How the person wants to see this resource.
    private let view: ViewSettings?
    private let gpus: GPUVendors
    private let now: @Sendable () -> Instant
    /// One for each of the clusters.
    private var tables: [ResourceTable] = []
    private var following: [Task<Void, Never>] = []
    /// Of nodes, by context, how many pods lie on each; empty until known, and where pods may not be listed.
    private(set) var podCounts: [String: [String: Int]] = [:]
    /// Told after rows have changed.
    var onChange: () -> Void = {}
    var onPodCounts: () -> Void = {}
    /// Told when what is used in one of the clusters, by its index, has been measured again.
    var onReport: (Int) -> Void = { _ in }

    init(
        _ resource: APIResource, of sessions: [ClusterSession], _ scope: ReflectorScope, conditions: FieldConditions?, countsPods: Bool,
        view: ViewSettings?, gpus: GPUVendors, now: @escaping @Sendable () -> Instant
    ) {
        self.resource = resource
        self.sessions = sessions
        self.scope = scope
        self.conditions = conditions
        self.countsPods = countsPods
        self.view = view
        self.gpus = gpus
        self.now = now
    }

    deinit {
        following.forEach { $0.cancel() }
    }

    var isOpen: Bool { !tables.isEmpty }

    /// - Returns: false where it was opened in the meantime.
    func open() async -> Bool {
        let custom = await customColumns()
        guard tables.isEmpty else { return false }
        for (index, session) in sessions.enumerated() {
            let layout = ResourceLayout.of(
                resource, custom: custom, view: view?.columns, gpus: gpus, context: sessions.count > 1 ? session.contextName : nil
            )
            let table = ResourceTable(layout: layout, stream: stream(of: session), lastContact: session.lastContact(at: now()), now: now)
            tables.append(table)
            follow(table)
            session.metrics.listeners.add(self) { [weak self] in self?.onReport(index) }
            if resource.groupResource == GroupResource(resource: "services") { following.append(countEndpoints(for: table, of: session)) }
            if resource.groupResource == GroupResource(resource: "nodes"), countsPods { following.append(countPods(of: session)) }
        }
        await measureAll()
        return true
    }

    private func follow(_ table: ResourceTable) {
        following.append(
            Task { [weak self] in
                for await _ in table.changes {
                    guard self?.onChange() != nil else { return }
                    // What changes in between is shown together: eyes follow no faster.
                    try? await Task.sleep(for: FramePacer.interval)
                }
            })
    }

    // MARK: Reading

    /// What the tables have now, and how far the part of each cluster can be trusted.
    func snapshot(
        for query: TableQuery, selected: TableRow.ID?
    ) async -> (merged: TableSnapshot, states: [(context: String, state: TableState)]) {
        var parts: [TableSnapshot] = []
        for table in tables { parts.append(await table.snapshot(for: query, selected: selected?.key)) }
        let merged = await TableSnapshot.merging(parts, for: query, selected: selected)
        return (merged, zip(sessions, parts).map { ($0.contextName, $1.state) })
    }

    /// How many rows lie on each node; nil until all are known.
    func countsByNode() async -> [String: Int]? {
        await tables.first?.countsByNode()
    }

    // MARK: What is known besides

    /// Takes over what is used now.
    func measureAll() async {
        for index in tables.indices { await measure(index) }
    }

    func measure(_ index: Int) async {
        guard tables.indices.contains(index) else { return }
        await tables[index].measure(sessions[index].metrics.report)
    }

    /// Whether anything answers behind a Service its slices tell, not the object.
    private func countEndpoints(for table: ResourceTable, of session: ClusterSession) -> Task<Void, Never> {
        let slices = GroupVersionResource(group: "discovery.k8s.io", version: "v1", resource: "endpointslices")
        let stream = session.reflect(ReflectorScope(slices, namespace: scope.namespace))
        return Task {
            let tally = EndpointTally()
            for await batch in stream {
                await tally.apply(batch)
                if await tally.isComplete { await table.count(tally.counts) }
            }
        }
    }

    private func countPods(of session: ClusterSession) -> Task<Void, Never> {
        let stream = session.reflect(ReflectorScope(GroupVersionResource(resource: "pods")))
        return Task { [weak self] in
            let tally = PodTally()
            for await batch in stream {
                await tally.apply(batch)
                guard let counts = await tally.counts else { continue }
                guard let self else { return }
                podCounts[session.contextName] = counts
                onPodCounts()
            }
        }
    }

    // MARK: Asking

    /// Those of all clusters: one that knows fewer shows nothing in the others.
    private func customColumns() async -> [CustomColumn] {
        var columns: [CustomColumn] = []
        for session in sessions {
            // A cluster that is away must not keep the others waiting.
            if sessions.count > 1, session.connection.isLost { continue }
            columns += await session.customColumns(of: resource).filter { !columns.contains($0) }
        }
        return columns
    }

    private func stream(of session: ClusterSession) -> ReflectorStream {
        let stream = session.reflect(scope(in: session))
        guard let conditions else { return stream }
        return stream.selecting { conditions.hold(for: $0) }
    }

    /// Each cluster serves the resource in a version of its own.
    private func scope(in session: ClusterSession) -> ReflectorScope {
        let own = session.catalog.resource(named: resource.groupResource.description) ?? resource
        var scope = scope
        if sessions.count > 1 { scope.resource = own.gvr }
        return scope
    }
}
