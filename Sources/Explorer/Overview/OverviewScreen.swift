import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// Five panes at once: what runs, where, how it is reached, what it says and what happened to it. The selected pod, service or
/// node drives the logs and the events.
final class OverviewScreen: Screen {
    let tables: OverviewTables
    private unowned let shell: Shell
    private(set) var focus = OverviewPane.pods
    private let memory: ContextMemory
    private var layout: OverviewLayout {
        didSet {
            if layout != oldValue { memory.keep(layout.json, as: .overview) }
        }
    }
    private var height = 1
    /// Where the panes were drawn last.
    private var places: [(pane: OverviewPane, place: Rect)] = []
    /// Whether the focused pane was drawn alone for want of room.
    private var isTight = false

    init(shell: Shell) {
        self.shell = shell
        tables = OverviewTables(shell: shell)
        memory = shell.memory(of: shell.session)
        layout = memory[.overview].map(OverviewLayout.init) ?? OverviewLayout()
        if let pane = layout.zoomed { setFocus(pane) }
    }

    var isZoomed: Bool { layout.zoomed != nil }

    var title: String { "overview" }
    var command: String? { "overview" }
    var filter: String? { focus == .logs ? tables.logs.filterText : model?.query.filter.text }

    var targets: [ObjectTarget] {
        focus == .logs ? tables.subject.map { [$0] } ?? [] : model?.targets ?? []
    }

    var resource: APIResource? { model?.resource }
    var isBehind: Bool { model?.isBehind ?? false }
    var hiddenTargets: [ObjectTarget] { model?.hiddenMarks ?? [] }
    var absence: String? { model?.absence }
    func lastSeen(of target: ObjectTarget) -> LastSeen? { model?.lastSeen(of: target, now: shell.now()) }

    func start() { tables.start() }
    func stop() { tables.stop() }

    /// The table of the focused pane; nil for the logs.
    private var model: TableModel? { tables.model(of: focus) }

    // MARK: Keys

    var bindings: [Binding] {
        let own = [
            Binding("overview.next", "Tab", title: "next pane", section: .navigation, footer: true),
            Binding("overview.previous", "Shift-Tab", title: "previous pane", section: .navigation),
            Binding("overview.zoom", "z", title: "zoom", footer: !isTight),
            Binding("overview.wider", "Ctrl-Right", title: "wider"),
            Binding("overview.narrower", "Ctrl-Left", title: "narrower"),
            Binding("overview.taller", "Ctrl-Down", title: "taller"),
            Binding("overview.lower", "Ctrl-Up", title: "lower"),
        ]
        let panes = OverviewPane.allCases.compactMap { pane in
            KeyPress("Alt-\(pane.rawValue + 1)").map {
                Binding(ActionID("overview.pane\(pane.rawValue + 1)"), $0, title: pane.name.lowercased(), section: .navigation)
            }
        }
        return own + panes + (focus == .logs ? OverviewLogs.bindings : TableActions.bindings) + NamespaceKeys.bindings(for: shell.session)
    }

    /// What arranges the panes would change, unseen, how they stand when there is room again.
    func disabledReason(for action: ActionID) -> String? {
        let arranging: [ActionID] = ["overview.zoom", "overview.wider", "overview.narrower", "overview.taller", "overview.lower"]
        return isTight && arranging.contains(action) ? "There is room for one pane only." : nil
    }

    func perform(_ action: ActionID) -> Bool {
        if let namespaces = NamespaceKeys.choice(for: action, in: shell.session) {
            shell.use(namespaces, in: shell.session)
            shell.replaceTop(with: OverviewScreen(shell: shell))
            return true
        }
        if let pane = OverviewPane.allCases.first(where: { action.name == "overview.pane\($0.rawValue + 1)" }) {
            setFocus(pane)
            return true
        }
        switch action {
        case "overview.next": setFocus(focus.moved(by: 1))
        case "overview.previous": setFocus(focus.moved(by: -1))
        case "overview.zoom": layout.zoomed = isZoomed ? nil : focus
        case "overview.wider": layout.resize(horizontally: 4)
        case "overview.narrower": layout.resize(horizontally: -4)
        case "overview.taller": layout.resize(vertically: 4)
        case "overview.lower": layout.resize(vertically: -4)
        default: return performInPane(action)
        }
        return true
    }

    private func performInPane(_ action: ActionID) -> Bool {
        guard let model else { return tables.logs.perform(action) }
        return TableActions.perform(action, on: model, page: height, in: shell)
    }

    private func setFocus(_ pane: OverviewPane) {
        focus = pane
        if isZoomed { layout.zoomed = pane }
        tables.focusMoved(to: pane)
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        guard let model else { return tables.logs.setFilter(text) }
        model.change { $0.filter = TableFilter(text) }
        return nil
    }

    func goBack() -> Bool {
        if model?.goBack() == true { return true }
        if model == nil, !tables.logs.filterText.isEmpty {
            _ = tables.logs.setFilter("")
        } else if isZoomed, !isTight {
            layout.zoomed = nil
        } else {
            return false
        }
        return true
    }

    // MARK: Mouse

    /// A click goes to the pane under it, which is the focused one from then on; the wheel turns what is under it.
    func handle(_ event: InputEvent) -> Bool {
        guard case .mouse(let mouse) = event, let (pane, place) = places.first(where: { $0.place.contains(mouse.position) }) else {
            return false
        }
        guard let arrow = mouse.kind.arrow else {
            if pane != focus { setFocus(pane) }
            if mouse.kind == .click, mouse.position.y == place.minY + 1 { model?.sort(byHeadingAt: mouse.position.x) }
            return select(at: mouse.position) || pane == .logs
        }
        let isUp = arrow == KeyPress(.up)
        if let model = tables.model(of: pane) {
            model.move { $0.move(.by(isUp ? -3 : 3), count: $1, page: 1) }
        } else {
            for _ in 0..<3 { _ = tables.logs.perform(isUp ? "text.up" : "text.down") }
        }
        return true
    }

    func select(at point: Point) -> Bool {
        guard let model, let place = places.first(where: { $0.pane == focus })?.place else { return false }
        return model.select(at: point, in: place.inset(horizontally: 1, vertically: 1))
    }

    // MARK: Drawing

    func draw(in area: Rect, on frame: inout Frame) {
        isTight = area.width < OverviewLayout.leastSize.width || area.height < OverviewLayout.leastSize.height
        let isAlone = isZoomed || isTight
        places = isAlone ? [(focus, area)] : layout.places(in: area).map { ($0, $1) }
        for (pane, place) in places { draw(pane, in: place, isAlone: isAlone, on: &frame) }
    }

    private func draw(_ pane: OverviewPane, in area: Rect, isAlone: Bool, on frame: inout Frame) {
        let painter = OverviewPainter(
            tables: tables, theme: shell.theme, now: shell.now(), explained: shell.session, isFocused: pane == focus, isAlone: isAlone)
        painter.draw(pane, in: area, on: &frame)
        if pane == focus { height = max(1, area.height - 3) }
    }
}
