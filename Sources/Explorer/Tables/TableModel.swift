import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// A live table as one looks at it: which part, which row, in which order, with which marks. Screens and panes draw it.
final class TableModel {
    let resource: APIResource
    /// What the server is asked for.
    let scope: ReflectorScope
    private(set) var query: TableQuery
    private(set) var snapshot: TableSnapshot
    var position = ScrollPosition()
    var showsWide = false
    /// How many columns are scrolled off to the left.
    var columnOffset = 0
    /// The column that `Shift-O` would sort by, by title.
    var chosenColumn: String?
    var marks = TableMarks()
    /// Where the headings were drawn last, with the columns' titles: what a click on them means.
    var headings: [(columns: Range<Int>, title: String)] = []

    /// How the person wants to see this resource.
    private let view: ViewSettings?
    private unowned let shell: Shell
    private let session: ClusterSession
    private var table: ResourceTable?
    private var following: Task<Void, Never>?
    /// The object that the cursor stays on.
    private var selectedKey: ObjectKey?
    private var isVisible = false
    private var isRefreshing = false
    private var isOutdated = false
    /// Told after the rows or the selection changed.
    var onChange: () -> Void = {}

    init(
        _ resource: APIResource, namespaces: NamespaceChoice, labelSelector: String? = nil, fieldSelector: String? = nil,
        query: TableQuery = TableQuery(), shell: Shell
    ) {
        self.resource = resource
        self.shell = shell
        session = shell.session
        scope = ReflectorScope(
            resource.gvr, namespace: resource.isNamespaced ? namespaces.single : nil, labelSelector: labelSelector,
            fieldSelector: fieldSelector
        )
        view = shell.configuration.view(of: resource, in: namespaces.single)
        self.query = query
        if query.sort == nil { self.query.sort = view?.sort }
        self.query.namespaces = resource.isNamespaced ? namespaces.selection : .all
        snapshot = TableSnapshot(columns: ResourceLayout.of(resource, view: view?.columns).columns)
    }

    deinit {
        following?.cancel()
    }

    // MARK: Following the cluster

    /// From now on the table is on the screen. What it follows it follows until it is let go, so that coming back shows it at once.
    func start() {
        isVisible = true
        if following == nil {
            shell.work.run { [weak self] in await self?.open() }
        } else {
            measure()
            refresh()
        }
    }

    func stop() {
        isVisible = false
    }

    private func open() async {
        let layout = ResourceLayout.of(resource, custom: await session.customColumns(of: resource), view: view?.columns)
        guard following == nil else { return }
        let table = ResourceTable(layout: layout, stream: session.reflect(scope), now: shell.now)
        self.table = table
        following = Task { [weak self] in
            for await _ in table.changes {
                guard let self else { return }
                refresh()
            }
        }
        session.metrics.onReport(self) { [weak self] in self?.measure() }
        await table.measure(session.metrics.report)
        await load(from: table)
    }

    private func measure() {
        guard isVisible, let table else { return }
        let report = session.metrics.report
        shell.work.run { await table.measure(report) }
    }

    /// Takes over what the table has now; asked for again in the meantime, it is done once more.
    func refresh() {
        isOutdated = true
        guard isVisible, !isRefreshing, let table else { return }
        isRefreshing = true
        shell.work.run { [weak self] in
            await self?.load(from: table)
            self?.isRefreshing = false
        }
    }

    private func load(from table: ResourceTable) async {
        repeat {
            isOutdated = false
            let asked = query
            let new = await table.snapshot(for: asked, selected: selectedKey)
            if asked == query { take(new) }
        } while isOutdated && isVisible
    }

    private func take(_ new: TableSnapshot) {
        snapshot = new
        marks.forget(deletedOf: new.rows)
        if let index = new.selectedIndex {
            position.select(index, count: new.rows.count)
        } else {
            position.select(position.selected, count: new.rows.count)
            // While a list comes in the cursor stays at the top; later it stays on its object.
            selectedKey = new.state == .live ? selectedRow?.key : nil
        }
        onChange()
        shell.setNeedsDisplay()
    }

    /// How many rows lie on each node.
    func countsByNode() async -> [String: Int] {
        await table?.countsByNode() ?? [:]
    }

    // MARK: Selecting

    var selectedRow: TableRow? {
        snapshot.rows.indices.contains(position.selected) ? snapshot.rows[position.selected] : nil
    }

    func move(_ change: (inout ScrollPosition, Int) -> Void) {
        change(&position, snapshot.rows.count)
        selectedKey = selectedRow?.key
        onChange()
        shell.setNeedsDisplay()
    }

    /// The marked objects, else the selected one.
    var targets: [ObjectTarget] {
        let keys = marks.keys.isEmpty ? selectedRow.map { [$0.key] } ?? [] : marks.keys.sorted()
        return keys.map { ObjectTarget(resource: resource, namespace: $0.namespace, name: $0.name) }
    }

    // MARK: Asking for something else

    func change(_ change: (inout TableQuery) -> Void) {
        let old = query
        change(&query)
        guard query != old else { return }
        refresh()
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

    /// The indices of the columns that are worth showing.
    var visibleColumns: [Int] {
        snapshot.columns.indices.filter { index in
            let column = snapshot.columns[index]
            if column.isWide && !showsWide { return false }
            if column.kind == .metric && session.metrics.report == nil { return false }
            return column.kind != .namespace || scope.namespace == nil
        }
    }
}

extension NamespaceChoice {
    /// The same in the words of tables.
    var selection: NamespaceSelection {
        switch self {
        case .all: .all
        case .only(let names): .only(names)
        case .except(let names): .allExcept(names)
        }
    }
}
