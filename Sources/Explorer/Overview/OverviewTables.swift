import KubernetesClient
import KubernetesModel
import ResourceTables

/// What the panes of the overview show, linked: the selection in one decides what others show.
final class OverviewTables {
    let pods: TableModel
    let nodes: TableModel
    let services: TableModel
    let events: TableModel
    let logs: OverviewLogs
    /// How many pods are on each node, of one namespace only its own; nil until all of them are known.
    private(set) var podsByNode: [String: Int]?
    /// The object that drives logs and events.
    private(set) var subject: ObjectTarget?

    private unowned let shell: Shell
    /// The pane whose selection drives the others.
    private var driver = OverviewPane.pods

    init(shell: Shell) {
        self.shell = shell
        let namespaces = shell.session.namespaces
        func model(_ name: String, _ query: TableQuery = TableQuery()) -> TableModel {
            TableModel(shell.session.builtIn(name), namespaces: namespaces, query: query, shell: shell)
        }
        pods = model("pods")
        nodes = model("nodes")
        services = model("services")
        events = model("events", TableQuery(sort: .init("LAST SEEN")))
        logs = OverviewLogs(shell: shell)
        for model in [nodes, services] {
            model.onChange = { [weak self] in self?.followSelection() }
        }
        pods.onChange = { [weak self] in
            self?.followSelection()
            self?.countPods()
        }
    }

    func model(of pane: OverviewPane) -> TableModel? {
        switch pane {
        case .pods: pods
        case .nodes: nodes
        case .services: services
        case .events: events
        case .logs: nil
        }
    }

    /// Whether somebody tells what is used.
    var isMeasured: Bool { shell.session.metrics.report != nil }

    private var all: [TableModel] { [pods, nodes, services, events] }

    func start() {
        all.forEach { $0.start() }
        logs.start()
    }

    func stop() {
        all.forEach { $0.stop() }
        logs.stop()
    }

    private func countPods() {
        shell.work.run { [weak self] in
            guard let self else { return }
            podsByNode = await pods.countsByNode()
            shell.setNeedsDisplay()
        }
    }

    // MARK: Links

    func focusMoved(to pane: OverviewPane) {
        guard [.pods, .nodes, .services].contains(pane) else { return }
        driver = pane
        followSelection()
    }

    private func followSelection() {
        let new = model(of: driver).flatMap { model in
            model.selectedRow.map { ObjectTarget(resource: model.resource, namespace: $0.key.namespace, name: $0.key.name) }
        }
        guard new != subject else { return }
        subject = new
        logs.show(new)
        events.change { query in
            query.relation = new.map { .about(kind: $0.resource.kind, ObjectKey(namespace: $0.namespace, name: $0.name)) }
        }
    }
}

extension ClusterSession {
    /// One of Kubernetes's own resources of the core group, which every cluster has.
    func builtIn(_ name: String) -> APIResource {
        let gvr = GroupVersionResource(resource: name)
        return catalog.resource(gvr) ?? ResourceCatalog.builtIn.resource(gvr)
            ?? APIResource(groupVersion: gvr.groupVersion, name: name, kind: name, isNamespaced: true)
    }
}
