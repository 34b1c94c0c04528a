import KubernetesModel
import ResourceTables
import TextUI

/// Two screens beside or below each other; keys go to the focused one.
final class SplitScreen: Screen {
    let parts: [any Screen]
    let axis: Rect.Axis
    /// Where the parts were drawn last; a part that is not shown is nowhere.
    private var places: [Rect]
    private(set) var focus = 1
    private var isZoomed = false
    /// The share of the first, in percent.
    private(set) var share: Int

    init(_ first: any Screen, _ second: any Screen, axis: Rect.Axis, share: Int = 50) {
        parts = [first, second]
        self.axis = axis
        self.share = max(20, min(80, share))
        places = [.zero, .zero]
    }

    private var focused: any Screen { parts[focus] }

    var title: String { parts.map(\.title).joined(separator: axis == .horizontal ? " | " : " / ") }
    var targets: [ObjectTarget] { focused.targets }
    var isBehind: Bool { focused.isBehind }
    var resource: APIResource? { focused.resource }
    var hiddenTargets: [ObjectTarget] { focused.hiddenTargets }
    var absence: String? { focused.absence }
    func lastSeen(of target: ObjectTarget) -> LastSeen? { focused.lastSeen(of: target) }
    var variables: [String: String] { focused.variables }
    var filter: String? { focused.filter }
    var document: ScreenDocument? { focused.document }
    var session: ClusterSession? { focused.session }
    var sessions: [ClusterSession] { parts.flatMap(\.sessions) }

    var bindings: [Binding] {
        [
            Binding("split.next", "Tab", "Shift-Tab", title: "other view", section: .navigation, footer: true),
            Binding("split.zoom", "z", title: "zoom", footer: true),
            Binding("split.grow", "Ctrl-Right", "Ctrl-Down", title: "larger"),
            Binding("split.shrink", "Ctrl-Left", "Ctrl-Up", title: "smaller"),
        ] + focused.bindings
    }

    func start() { parts.forEach { $0.start() } }
    func stop() { parts.forEach { $0.stop() } }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "split.next": focus = 1 - focus
        case "split.zoom": isZoomed.toggle()
        case "split.grow": share = min(80, share + 5)
        case "split.shrink": share = max(20, share - 5)
        default: return focused.perform(action)
        }
        return true
    }

    func disabledReason(for action: ActionID) -> String? { focused.disabledReason(for: action) }

    /// A click goes to the view under it, which is the focused one from then on; the wheel turns what is under it.
    func handle(_ event: InputEvent) -> Bool {
        guard case .mouse(let mouse) = event else { return focused.handle(event) }
        guard let index = places.firstIndex(where: { $0.contains(mouse.position) }) else { return false }
        if mouse.kind.isClick { focus = index }
        return parts[index].point(mouse)
    }

    func select(at point: Point) -> Bool { focused.select(at: point) }

    func setFilter(_ text: String, isFinal: Bool) -> String? { focused.setFilter(text, isFinal: isFinal) }

    func goBack() -> Bool {
        if focused.goBack() { return true }
        defer { isZoomed = false }
        return isZoomed
    }

    func draw(in area: Rect, on frame: inout Frame) {
        if isZoomed {
            places = parts.indices.map { $0 == focus ? area : .zero }
            return focused.draw(in: area, on: &frame)
        }
        places = area.split(axis, [.share(share), .share(100 - share)])
        for (index, place) in places.enumerated() {
            parts[index].draw(in: place, on: &frame)
            // Where keys go must show without colour too: the other view steps back.
            if index != focus { frame.restyle(place) { $0.attributes = $0.attributes.subtracting(.bold).union(.dim) } }
        }
    }
}

extension Shell {
    /// Shows what a command opens beside the visible screen.
    func split(_ line: CommandLine, _ axis: Rect.Axis) {
        guard screen != nil, let command = line.text else { return refuse("\(line.name) COMMAND: what to show beside this") }
        let depth = screens.count
        openBeside(command, isRecorded: true)
        if depth > 0, screens.count == depth + 1 { joinTopScreens(axis) }
    }

    /// Puts the two highest screens beside each other.
    func joinTopScreens(_ axis: Rect.Axis, share: Int = 50) {
        let (first, second) = (screens[screens.count - 2], screens[screens.count - 1])
        dropTop()
        replaceTop(with: SplitScreen(first, second, axis: axis, share: share))
    }

    /// The visible screen's table in the namespace of its selected row.
    func warp() {
        guard let target = screen?.targets.first, let namespace = target.namespace else {
            return report(.info, "Nothing with a namespace is selected")
        }
        use(.only([namespace]), in: session)
        openTable(target.resource, of: [session], namespaces: session.namespaces)
    }
}
