import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// A live table as one looks at it: which part, which row, in which order, with which marks. Screens and panes draw it.
final class TableModel {
    let resource: APIResource
    /// The clusters whose objects it shows: one, unless several were asked for.
    let sessions: [ClusterSession]
    /// How far the part of each cluster can be trusted; empty before the first rows.
    private(set) var states: [(context: String, state: TableState)] = []
    /// What the servers are asked for.
    let scope: ReflectorScope
    private(set) var query: TableQuery
    /// What the rows that are shown were asked for with.
    private var shownQuery = TableQuery()
    private(set) var snapshot: TableSnapshot
    var position = ScrollPosition()
    var showsWide = false
    /// How many columns are scrolled off to the left.
    var columnOffset = 0
    /// The column that `Shift-O` would sort by, by title.
    var chosenColumn: String?
    var marks = TableMarks() {
        didSet {
            markChanges += 1
            (marked, hidden) = (nil, nil)
        }
    }
    /// How often the marks have changed.
    private var markChanges = 0
    /// The marked objects, until the marks change: they may be many, and are asked for in each frame.
    private var marked: [ObjectTarget]?
    /// Those of the marks that are not among the rows. What was marked since is: only what is shown can be marked.
    private var hiddenIDs: Set<TableRow.ID> = []
    /// Their objects, until the marks or the rows change.
    private var hidden: [ObjectTarget]?
    /// Where the headings were drawn last, with the columns' titles: what a click on them means.
    var headings: [(columns: Range<Int>, title: String)] = []

    /// What is looked at here, beyond what servers are asked for.
    let conditions: FieldConditions?
    private unowned let shell: Shell
    private let feed: TableFeed
    /// The row that the cursor stays on.
    private var selectedID: TableRow.ID?
    /// What the cursor is to stand on once it has come.
    private var awaitedRow: TableRow.ID?
    private var isVisible = false
    private var isRefreshing = false
    private var isOutdated = false
    /// Counted as work: the screen is not complete before.
    private var awaitsLists = false {
        didSet {
            guard awaitsLists != oldValue else { return }
            if awaitsLists { shell.work.begin() } else { shell.work.end() }
        }
    }
    /// Whether rows just deleted are shown, which go without anything else changing.
    private var showsFarewells = false
    /// Told after the rows or the selection changed.
    var onChange: () -> Void = {}

    /// - Parameter sessions: nil stands for the cluster that keys are about.
    init(
        _ resource: APIResource, of sessions: [ClusterSession]? = nil, namespaces: NamespaceChoice, labelSelector: String? = nil,
        fieldSelector: String? = nil,
        conditions: FieldConditions? = nil, countsPods: Bool = false, query: TableQuery = TableQuery(),
        selecting selected: ObjectKey? = nil,
        shell: Shell
    ) {
        self.resource = resource
        self.shell = shell
        awaitedRow = selected.map { TableRow.ID(context: nil, key: $0) }
        selectedID = awaitedRow
        self.sessions = sessions ?? [shell.session]
        scope = ReflectorScope(
            resource.gvr, namespace: resource.isNamespaced ? namespaces.single : nil, labelSelector: labelSelector,
            fieldSelector: fieldSelector
        )
        self.conditions = conditions
        let view = shell.configuration.view(of: resource, in: namespaces.single)
        self.query = query
        if query.sort == nil { self.query.sort = view?.sort }
        self.query.namespaces = resource.isNamespaced ? namespaces : .all
        let gpus = GPUVendors(shell.configuration.gpuVendors)
        snapshot = TableSnapshot(columns: ResourceLayout.of(resource, view: view?.columns, gpus: gpus).columns)
        feed = TableFeed(
            resource, of: self.sessions, scope, conditions: conditions, countsPods: countsPods, view: view, gpus: gpus, now: shell.now)
        feed.onChange = { [weak self] in self?.refresh() }
        feed.onReport = { [weak self] in self?.measure($0) }
        feed.onPodCounts = { [weak shell] in shell?.setNeedsDisplay() }
    }

    // MARK: Following the cluster

    /// From now on the table is on the screen. What it follows it follows until it is let go, so that coming back shows it at once.
    func start() {
        isVisible = true
        if feed.isOpen {
            shell.work.run { [weak self] in await self?.feed.measureAll() }
            refresh()
        } else {
            awaitsLists = true
            shell.work.run { [weak self] in
                guard await self?.feed.open() == true else { return }
                await self?.load()
            }
        }
    }

    func stop() {
        isVisible = false
        awaitsLists = false
        shell.goOn()
    }

    /// Of nodes, by context, how many pods lie on each; empty until known, and where pods may not be listed.
    var podCounts: [String: [String: Int]] { feed.podCounts }

    private func measure(_ index: Int) {
        guard isVisible else { return }
        shell.work.run { [weak self] in await self?.feed.measure(index) }
    }

    /// Takes over what the tables have now; asked for again in the meantime, it is done once more.
    func refresh() {
        isOutdated = true
        guard isVisible, !isRefreshing, feed.isOpen else { return }
        isRefreshing = true
        shell.work.run { [weak self] in
            await self?.load()
            self?.isRefreshing = false
        }
    }

    private func load() async {
        repeat {
            isOutdated = false
            let (asked, selected, marked) = (query, selectedID, markChanges)
            let (merged, states) = await feed.snapshot(for: asked, selected: selected)
            let fate = marks.isEmpty ? TableMarks.Fate() : await marks.fate(among: merged.rows)
            // The cursor may have gone on in the meantime: an answer for its old place would take it back. So with marks.
            guard asked == query, selected == selectedID, marked == markChanges else {
                isOutdated = true
                continue
            }
            self.states = states
            shownQuery = asked
            take(merged, fate)
        } while isOutdated && isVisible
    }

    private func take(_ latest: TableSnapshot, _ fate: TableMarks.Fate) {
        let new = withEverything(latest)
        snapshot = new
        (hiddenIDs, hidden) = (fate.hidden, nil)
        if !isLoading { awaitsLists = false }
        if !fate.gone.isEmpty { marks.forget(fate.gone) }
        if latest.hasFarewells { endFarewells() }
        if new.state == .live, !isLoading, let awaited = awaitedRow {
            if new.selectedIndex == nil { shell.report(.warning, "\(resource.kind) \(awaited.key.name) is not there") }
            awaitedRow = nil
        }
        if let index = new.selectedIndex {
            position.select(index, count: new.rows.count)
        } else {
            position.select(position.selected, count: new.rows.count)
            // While lists come in the cursor stays at the top; later it stays on its object.
            selectedID = new.state == .live && !isLoading ? selectedRow?.id : awaitedRow
        }
        onChange()
        shell.setNeedsDisplay()
        shell.goOn()
    }

    /// Whether a filter is asked for whose rows haven't come: the cursor still stands on one that it may leave out.
    var isBehind: Bool {
        isVisible && isRefreshing && (shownQuery.filter != query.filter || shownQuery.faultsOnly != query.faultsOnly)
    }

    /// How far the part of each cluster can be trusted, given how the clusters are now.
    func trustedStates(at now: Instant) -> [(context: String, state: TableState)] {
        zip(sessions, states).map { ($1.context, $0.trusted($1.state, at: now)) }
    }

    private var isLoading: Bool {
        states.contains { if case .loading = $0.state { true } else { false } }
    }

    /// As in K9s, the namespaces begin with one row for all of them.
    private func withEverything(_ snapshot: TableSnapshot) -> TableSnapshot {
        guard resource.groupResource == GroupResource(resource: "namespaces"), sessions.count == 1, !isFiltered, !snapshot.rows.isEmpty
        else {
            return snapshot
        }
        let cells = snapshot.columns.map { $0.kind == .name ? TableCell.text("all") : .missing("") }
        let row = TableRow(key: Self.everything.key, context: Self.everything.context, uid: "", resourceVersion: "", cells: cells)
        var snapshot = snapshot
        snapshot.rows.insert(row, at: 0)
        snapshot.selectedIndex = selectedID == Self.everything ? 0 : snapshot.selectedIndex.map { $0 + 1 }
        return snapshot
    }

    /// No namespace is called so: its context has no name.
    static let everything = TableRow.ID(context: "", key: ObjectKey(name: "all"))

    private func endFarewells() {
        guard !showsFarewells else { return }
        showsFarewells = true
        // Not counted as work: nobody waits for it.
        Task { [weak self] in
            try? await Task.sleep(for: RowCollection.farewell)
            self?.showsFarewells = false
            self?.refresh()
        }
    }

    /// How many rows lie on each node; nil until all are known.
    func countsByNode() async -> [String: Int]? {
        await feed.countsByNode()
    }

    // MARK: Selecting

    var selectedRow: TableRow? {
        snapshot.rows.indices.contains(position.selected) ? snapshot.rows[position.selected] : nil
    }

    func move(_ change: (inout ScrollPosition, Int) -> Void) {
        change(&position, snapshot.rows.count)
        selectedID = selectedRow?.id
        onChange()
        shell.setNeedsDisplay()
    }

    /// - Parameter area: where the headings and the rows were drawn.
    /// - Returns: whether there is a row.
    func select(at point: Point, in area: Rect) -> Bool {
        let row = position.top + point.y - area.minY - 1
        guard area.contains(point), point.y > area.minY, snapshot.rows.indices.contains(row) else { return false }
        move { $0.select(row, count: $1) }
        return true
    }

    /// The marked objects, else the selected one.
    var targets: [ObjectTarget] {
        if marks.isEmpty { return selectedRow.map { objects(of: [($0.id, $0.uid)]) } ?? [] }
        if let marked { return marked }
        let targets = objects(of: marks.uids.sorted { $0.key < $1.key }.map { ($0, $1) })
        marked = targets
        return targets
    }

    /// What is marked and can't be seen: a filter leaves it out.
    var hiddenMarks: [ObjectTarget] {
        if marks.isEmpty || hiddenIDs.isEmpty { return [] }
        if let hidden { return hidden }
        let found = objects(of: hiddenIDs.sorted().compactMap { id in marks.uids[id].map { (id, $0) } })
        hidden = found
        return found
    }

    private func objects(of rows: [(id: TableRow.ID, uid: String)]) -> [ObjectTarget] {
        rows.filter { $0.id != Self.everything }.map { id, uid in
            let session = id.context.flatMap(session) ?? sessions[0]
            return ObjectTarget(resource: resource, namespace: id.key.namespace, name: id.key.name, uid: uid, in: isAtHome ? nil : session)
        }
    }

    /// Why `targets` is empty.
    var absence: String {
        selectedRow?.id == Self.everything
            ? "all stands for every namespace: select one of them" : "There are no \(resource.name) to choose from"
    }

    /// Whether it shows the cluster that is explored, and no other.
    var isAtHome: Bool { sessions.count == 1 && sessions[0] === shell.home }

    /// The cluster of what `targets` has; nil where it lies in several.
    var session: ClusterSession? {
        if sessions.count == 1 { return sessions[0] }
        let targets = targets
        guard let first = targets.first?.session else { return nil }
        return targets.allSatisfy { $0.session === first } ? first : nil
    }

    private func session(_ context: String) -> ClusterSession? {
        sessions.first { $0.contextName == context }
    }

    // MARK: Asking for something else

    func change(_ change: (inout TableQuery) -> Void) {
        let old = query
        change(&query)
        guard query != old else { return }
        refresh()
    }

    /// Esc: gives up the filter, else the marks, which may come from under several filters. False where there is neither.
    func goBack() -> Bool {
        if isFiltered {
            change { query in
                query.filter = .everything
                query.faultsOnly = false
            }
            return true
        }
        guard !marks.isEmpty else { return false }
        marks.clear()
        return true
    }

    var isFiltered: Bool { query.filter != .everything || query.faultsOnly }

    func column(_ title: String) -> TableColumn? {
        snapshot.columns.first { $0.title == title }
    }

    /// Sorts by a column, the other way round when it is sorted by already.
    func sort(by title: String) {
        guard column(title) != nil else { return }
        change { query in
            if let sort = query.sort, sort.column == title {
                query.sort = .init(title, ascending: !sort.isAscending)
            } else {
                query.sort = .init(title)
            }
        }
    }

    func sort(byHeadingAt x: Int) {
        if let heading = headings.first(where: { $0.columns.contains(x) }) { sort(by: heading.title) }
    }

    /// Whether somebody tells what is used, in any of the clusters.
    private var isMeasured: Bool { sessions.contains { $0.metrics.report != nil } }

    /// The namespace that is looked at, where none of the clusters has it.
    var missingNamespace: String? {
        scope.namespace.flatMap { name in sessions.allSatisfy { $0.lacks(name) } ? name : nil }
    }

    /// The indices of the columns that are worth showing.
    var visibleColumns: [Int] {
        snapshot.columns.indices.filter { index in
            let column = snapshot.columns[index]
            if column.isWide && !showsWide { return false }
            if column.kind == .metric && !isMeasured { return false }
            return column.kind != .namespace || scope.namespace == nil
        }
    }
}
