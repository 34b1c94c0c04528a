import KubernetesClient
import TextUI

/// The contexts of the kubeconfig.
final class ContextsScreen: Screen {
    private unowned let shell: Shell
    private var list = ListPane()
    /// Which of these contexts stand in a file, where they can be changed; files are not read for every frame.
    private var editable: (of: [String], names: Set<String>) = ([], [])

    init(shell: Shell) {
        self.shell = shell
        let names = shell.contexts.map(\.name)
        list.follow(names)
        list.select(names.firstIndex(of: shell.session.configuration.names.context) ?? 0, count: names.count)
    }

    var title: String { "contexts" }
    var command: String? { "contexts" }
    var bindings: [Binding] {
        [
            Binding("contexts.use", "Enter", title: "use", section: .resource, footer: true),
            Binding("contexts.rename", "r", title: "rename", section: .resource, footer: true),
            Binding("contexts.delete", "Ctrl-D", title: "delete", section: .resource, footer: true),
        ] + ListNavigation.bindings
    }

    private var contexts: [ExplorerOptions.Context] { shell.contexts }
    private var current: String { shell.home.configuration.names.context }
    /// The kubeconfig may change between what is seen and a key.
    private var selected: String? { contexts.first { AnyHashable($0.name) == list.selectedIdentity }?.name }

    private func isEditable(_ name: String) -> Bool {
        let names = contexts.map(\.name)
        if editable.of != names { editable = (names, Set(names.filter { shell.options.fileOfContext($0) != nil })) }
        return editable.names.contains(name)
    }

    func disabledReason(for action: ActionID) -> String? {
        guard ["contexts.rename", "contexts.delete"].contains(action), let selected else { return nil }
        if selected == current { return "This context is the one that is explored: go to another first" }
        return isEditable(selected) ? nil : "No kubeconfig file has this context"
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "contexts.use":
            if let selected { shell.switchContext(to: selected) }
        case "contexts.rename":
            if let selected { shell.renameContext(selected) }
        case "contexts.delete":
            if let selected { shell.deleteContext(selected) }
        default: return list.perform(action, count: contexts.count)
        }
        return true
    }

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        list.follow(contexts.map(\.name))
        let title = StyledText("Contexts", theme[.title]) + StyledText(" [\(contexts.count)]", theme[.titleCounter])
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let table = ListTable(titles: ["NAME", "CLUSTER", "USER", "NAMESPACE"], count: contexts.count) { [contexts, current] index in
            let context = contexts[index]
            return ["\(context.name)\(context.name == current ? " (*)" : "")", context.cluster, context.user, context.namespace]
        }
        let absence = "The kubeconfig has no contexts; this cluster was given directly."
        list.draw(table, absence: absence, theme: theme, in: inside, on: &frame)
    }
}
