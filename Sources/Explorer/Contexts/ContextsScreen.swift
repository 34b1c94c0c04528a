import KubernetesClient
import TextUI

/// The contexts of the kubeconfig.
final class ContextsScreen: Screen {
    private unowned let shell: Shell
    private let contexts: [ExplorerOptions.Context]
    private var position = ScrollPosition()
    private var height = 1

    init(shell: Shell) {
        self.shell = shell
        contexts = shell.options.contexts
        let current = contexts.firstIndex { $0.name == shell.session.configuration.names.context } ?? 0
        position.select(current, count: contexts.count)
    }

    var title: String { "contexts" }
    var command: String? { "contexts" }
    var bindings: [Binding] {
        [Binding("contexts.use", "Enter", title: "use", section: .resource, footer: true)] + ListNavigation.bindings
    }

    func perform(_ action: ActionID) -> Bool {
        if action == "contexts.use" {
            if contexts.indices.contains(position.selected) { shell.switchContext(to: contexts[position.selected].name) }
            return true
        }
        return ListNavigation.perform(action, &position, count: contexts.count, page: height)
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let title = StyledText("Contexts", theme[.title]) + StyledText(" [\(contexts.count)]", theme[.titleCounter])
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        guard !contexts.isEmpty else {
            let text = "The kubeconfig has no contexts; this cluster was given directly."
            frame.write(text, at: Point(x: inside.minX + 1, y: inside.minY), style: theme[.muted], in: inside)
            return
        }
        height = max(1, inside.height - 1)
        position.fit(count: contexts.count, height: height)
        let cells = contexts.map { ["\($0.name)\($0.name == current ? " (*)" : "")", $0.cluster, $0.user, $0.namespace] }
        ListTable(titles: ["NAME", "CLUSTER", "USER", "NAMESPACE"], cells: cells, position: position, theme: theme).draw(in: inside, on: &frame)
    }

    private var current: String { shell.session.configuration.names.context }
}
