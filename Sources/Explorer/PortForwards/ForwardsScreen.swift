import KubernetesClient
import KubernetesModel
import TextUI

/// The ports that are forwarded, into whatever cluster.
final class ForwardsScreen: Screen {
    private unowned let shell: Shell
    private var list = ListPane()

    init(shell: Shell) {
        self.shell = shell
    }

    var title: String { "portforwards" }
    var command: String? { "portforwards" }

    var bindings: [Binding] {
        [Binding("forwards.stop", "Ctrl-D", title: "stop", section: .resource, footer: true)] + ListNavigation.bindings
    }

    /// The one that is seen as selected, wherever it stands by now.
    private var selected: (forward: PortForwards.Forward, session: ClusterSession)? {
        shell.allForwards.first { AnyHashable($0.forward.id) == list.selectedIdentity }
    }

    func perform(_ action: ActionID) -> Bool {
        guard action == "forwards.stop" else { return list.perform(action, count: shell.allForwards.count) }
        guard let (forward, session) = selected else { return true }
        session.forwards.stop(forward)
        shell.keepForwards(of: session)
        return true
    }

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let forwards = shell.allForwards
        list.follow(forwards.map(\.forward.id))
        let names = shell.sessions.count > 1
        let title = StyledText("PortForwards", theme[.title]) + StyledText("[\(forwards.count)]", theme[.titleCounter])
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let titles = ["TARGET", "NAMESPACE", "URL", "PORT", "POD", "OPEN", "TOTAL", "AGE", "STATUS"]
        let table = ListTable(titles: titles + (names ? ["CONTEXT"] : []), count: forwards.count) { [self] index in
            cells(forwards[index].forward) + (names ? [forwards[index].session.contextName] : [])
        }
        let absence = "No port is forwarded. Shift-F on a pod, a service or a workload forwards one."
        let (rows, bottom) = inside.cuttingBottom(problem(width: inside.width - 2).count)
        list.draw(table, absence: absence, theme: theme, in: rows, on: &frame)
        for (row, line) in problem(width: inside.width - 2).enumerated() {
            frame.write(line, at: Point(x: bottom.minX + 1, y: bottom.minY + row), in: bottom)
        }
    }

    /// Why the selected one's latest connection failed, in full.
    private func problem(width: Int) -> [StyledText] {
        guard let problem = selected?.forward.forwarder.activity.problem else { return [] }
        return StyledText(problem, shell.theme[.statusError]).wrapped(max(1, width), atWords: true)
    }

    private func cells(_ forward: PortForwards.Forward) -> [String] {
        let target = forward.specification.target
        let activity = forward.forwarder.activity
        return [
            "\(target.resource.singularName)/\(target.name)", target.namespace ?? "",
            "http://\(forward.forwarder.address):\(forward.forwarder.port)",
            forward.specification.port, activity.destination?.pod ?? "–", String(activity.open), String(activity.total),
            HumanDuration.text(since: forward.begin, now: shell.now()), activity.problem ?? "ok",
        ]
    }
}
