import KubernetesClient
import KubernetesModel
import TextUI

/// The ports that are forwarded.
final class ForwardsScreen: Screen {
    private unowned let shell: Shell
    private let cluster: ClusterSession
    private var position = ScrollPosition()
    private var height = 1

    init(shell: Shell) {
        self.shell = shell
        cluster = shell.session
    }

    var title: String { "portforwards" }
    var command: String? { "portforwards" }

    var bindings: [Binding] {
        [Binding("forwards.stop", "Ctrl-D", title: "stop", section: .resource, footer: true)] + ListNavigation.bindings
    }

    private var forwards: PortForwards { cluster.forwards }

    func perform(_ action: ActionID) -> Bool {
        guard action == "forwards.stop" else {
            return ListNavigation.perform(action, &position, count: forwards.all.count, page: height)
        }
        forwards.stop(at: position.selected)
        shell.keepForwards(of: cluster)
        return true
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let title = StyledText("PortForwards", theme[.title]) + StyledText("[\(forwards.all.count)]", theme[.titleCounter])
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        guard !forwards.all.isEmpty else {
            let text = "No port is forwarded. Shift-F on a pod, a service or a workload forwards one."
            frame.write(
                TextWidth.truncated(text, inside.width - 1), at: Point(x: inside.minX + 1, y: inside.minY), style: theme[.muted], in: inside
            )
            return
        }
        height = max(1, inside.height - 1)
        position.fit(count: forwards.all.count, height: height)
        ListTable(
            titles: ["TARGET", "NAMESPACE", "URL", "PORT", "POD", "OPEN", "TOTAL", "AGE", "STATUS"], cells: forwards.all.map(cells),
            position: position,
            theme: theme
        ).draw(in: inside, on: &frame)
    }

    private func cells(_ forward: PortForwards.Forward) -> [String] {
        let target = forward.specification.target
        let activity = forward.forwarder.activity
        return [
            "\(target.resource.singularName)/\(target.name)", target.namespace ?? "",
            "http://\(forward.forwarder.address):\(forward.forwarder.port)",
            forward.specification.port, activity.destination?.pod ?? "–", String(activity.open), String(activity.total),
            HumanDuration.text(since: forward.begin, now: shell.now()), activity.problem ?? "ok",
        ].map { SafeText.line($0) }
    }
}
