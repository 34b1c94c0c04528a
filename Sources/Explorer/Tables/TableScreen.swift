import KubernetesModel
import ResourceTables
import TextUI

/// A resource's table over the whole screen.
final class TableScreen: Screen {
    let model: TableModel
    private unowned let shell: Shell
    /// What opens the same again, apart from the filter.
    private let base: String?
    /// Where the headings and the rows below them were drawn last.
    private var inside = Rect.zero
    private var height: Int { max(1, inside.height - 1) }

    init(_ model: TableModel, command: String? = nil, shell: Shell) {
        self.model = model
        base = command
        self.shell = shell
    }

    var title: String { model.resource.name }
    var command: String? { base.map { model.query.filter == .everything ? $0 : "\($0) /\(model.query.filter.text)" } }
    var filter: String? { model.query.filter.text }
    var targets: [ObjectTarget] { model.targets }
    var isBehind: Bool { model.isBehind }
    var resource: APIResource? { model.resource }
    var hiddenTargets: [ObjectTarget] { model.hiddenMarks }
    var absence: String? { model.absence }
    var variables: [String: String] { model.selectedCells(now: shell.now()) }
    var session: ClusterSession? { model.session }
    var sessions: [ClusterSession] { model.sessions }
    func lastSeen(of target: ObjectTarget) -> LastSeen? { model.lastSeen(of: target, now: shell.now()) }
    func start() { model.start() }
    func stop() { model.stop() }

    var bindings: [Binding] {
        TableActions.bindings + NamespaceKeys.bindings(for: shell.session)
    }

    func perform(_ action: ActionID) -> Bool {
        if let namespaces = NamespaceKeys.choice(for: action, in: shell.session) {
            guard model.resource.isNamespaced else { return true }
            model.sessions.forEach { shell.use(namespaces, in: $0) }
            shell.openTable(model.resource, of: model.sessions, namespaces: namespaces, filter: model.query.filter, replacesTop: true)
            return true
        }
        return TableActions.perform(action, on: model, page: height, in: shell)
    }

    func disabledReason(for action: ActionID) -> String? {
        guard action.name.hasPrefix("object."), model.session == nil else { return nil }
        return "The marked \(model.resource.name) are in several clusters: act on one cluster's at a time"
    }

    func handle(_ event: InputEvent) -> Bool {
        guard case .mouse(let mouse) = event, mouse.kind == .click, mouse.position.y == inside.minY else { return false }
        model.sort(byHeadingAt: mouse.position.x)
        return true
    }

    func select(at point: Point) -> Bool { model.select(at: point, in: inside) }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        model.change { $0.filter = TableFilter(text) }
        return nil
    }

    func goBack() -> Bool { model.goBack() }

    func draw(in area: Rect, on frame: inout Frame) {
        let words = TableTitle(theme: shell.theme, now: shell.now(), explained: shell.session)
        inside = BorderBox.guarding(
            shell.session.guardLevel, words.title(of: model), words.note(of: model), shell.theme[.focusedBorder], shell.theme
        )
        .draw(in: area, on: &frame)
        var painter = TablePainter(theme: shell.theme, now: shell.now(), isFocused: true)
        switch model.resource.groupResource.description {
        case "pods" where model.sessions.contains(where: { !$0.forwards.all.isEmpty }): painter.extras = [forwardedPorts]
        case "nodes": painter.extras = [pods]
        case "namespaces":
            painter.nameMark = namespaceMark
            if model.sessions.count == 1 { painter.extras = [namespaceKeys] }
        default: break
        }
        painter.draw(model, in: inside, on: &frame)
    }

    /// K9s's signs: `+` for what has a key, `(*)` for what is looked at.
    private func namespaceMark(_ row: TableRow) -> String {
        guard let session = model.sessions.first, model.sessions.count == 1 else { return "" }
        let isEverything = row.id == TableModel.everything
        let isActive = isEverything ? session.namespaces == .all : session.namespaces.single == row.key.name
        return (!isEverything && session.favourites.names.contains(row.key.name) ? "+" : "") + (isActive ? "(*)" : "")
    }

    private var namespaceKeys: TablePainter.ExtraColumn {
        let favourites = NamespaceKeys.favourites(of: model.sessions[0], shell.configuration.keys)
        return .init(title: "KEY") { row in
            if row.id == TableModel.everything { return ("", .muted) }
            return (favourites.first { $0.name == row.key.name }?.key ?? "", .muted)
        }
    }

    private var pods: TablePainter.ExtraColumn {
        let counts = model.podCounts
        let only = model.sessions[0].contextName
        return .init(title: "PODS") { row in
            guard let counted = counts[row.context ?? only] else { return ("n/a", .muted) }
            return (String(counted[row.key.name] ?? 0), .statusNormal)
        }
    }

    /// Which pods the ports of this machine lead to.
    private var forwardedPorts: TablePainter.ExtraColumn {
        let forwards = model.sessions.flatMap { session in
            session.forwards.all.map { TableRow.ID(context: model.sessions.count > 1 ? session.contextName : nil, key: $0.pod) }
        }
        return .init(title: "PF") { [forwarded = Set(forwards)] row in forwarded.contains(row.id) ? ("Ⓕ", .live) : ("", .muted) }
    }
}
