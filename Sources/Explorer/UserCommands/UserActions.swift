import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// A person's own keys: commands of the prompt, and programs.
enum UserActions {
    /// - Parameter overriding: those that win over Fathom's keys, or those that don't.
    static func bindings(for shell: Shell, overriding: Bool) -> [Binding] {
        let hotKeys = shell.configuration.hotKeys.filter { $0.overrides == overriding }.map(\.binding)
        return hotKeys + plugins(for: shell).filter { $0.overrides == overriding }.map(\.binding)
    }

    static func disabledReason(for action: ActionID, on targets: [ObjectTarget], in shell: Shell) -> String? {
        guard let plugin = plugin(of: action, in: shell) else { return nil }
        if plugin.isDangerous, let obstacle = shell.session.guardLevel.obstacle { return obstacle }
        return plugin.isAboutObject && targets.isEmpty ? "Nothing is selected" : nil
    }

    /// False when the action is none of these.
    static func perform(_ action: ActionID, in shell: Shell) -> Bool {
        if let hotKey = shell.configuration.hotKeys.first(where: { $0.action == action }) {
            let command = shell.variables.substituted(hotKey.command)
            if hotKey.keepsHistory { shell.run(command: command) } else { shell.run(afresh: command) }
        } else if let plugin = plugin(of: action, in: shell) {
            PluginRun(plugin, in: shell).start()
        } else {
            return false
        }
        return true
    }

    private static func plugin(of action: ActionID, in shell: Shell) -> Plugin? {
        shell.configuration.plugins.first { $0.action == action }
    }

    /// The plugins for the kind of what is selected.
    private static func plugins(for shell: Shell) -> [Plugin] {
        guard let screen = shell.screen, !shell.configuration.plugins.isEmpty else { return [] }
        var names: Set<String> = ["all", screen.title]
        if let resource = screen.targets.first?.resource, screen.title == resource.name || screen is OverviewScreen {
            names.formUnion([resource.name, resource.singularName, resource.groupResource.description] + resource.shortNames)
        }
        return shell.configuration.plugins.filter { !names.isDisjoint(with: $0.scopes) }
    }
}

extension Shell {
    /// What the variables of a person's own commands stand for here.
    var variables: CommandVariables {
        let configuration = session.configuration
        var variables = CommandVariables(screen?.variables ?? [:])
        variables["CONTEXT"] = configuration.names.context
        variables["CLUSTER"] = configuration.names.cluster
        variables["USER"] = configuration.names.user
        variables["KUBECONFIG"] = options.environment["KUBECONFIG"] ?? ""
        variables["FILTER"] = screen?.filter ?? ""
        variables["NAMESPACE"] = session.namespaces.text
        guard let target = screen?.targets.first else { return variables }
        variables["NAMESPACE"] = target.namespace ?? "-"
        variables["NAME"] = variables["NAME"] ?? target.name
        variables["RESOURCE_GROUP"] = target.resource.group
        variables["RESOURCE_VERSION"] = target.resource.version
        variables["RESOURCE_NAME"] = target.resource.name
        return variables
    }
}

extension TableModel {
    /// What the row of an object tells, with its columns' titles.
    func lastSeen(of target: ObjectTarget, now: Instant) -> LastSeen? {
        guard target.resource == resource, let row = snapshot.rows.first(where: { isRow($0, of: target) }) else { return nil }
        let fields = zip(snapshot.columns, row.cells).map { (title: $0.title, text: $1.text(now: now)) }.filter {
            !["", "<none>", "n/a"].contains($0.text)
        }
        guard case .stale(let since, _) = trustedStates(at: now).first(where: { row.context == nil || $0.context == row.context })?.state
        else {
            return LastSeen(fields: fields, since: now)
        }
        return LastSeen(fields: fields, since: since)
    }

    private func isRow(_ row: TableRow, of target: ObjectTarget) -> Bool {
        let context = sessions.count > 1 ? target.session?.contextName : nil
        return row.key == ObjectKey(namespace: target.namespace, name: target.name) && row.context == context
    }

    /// The selected row's cells, as the variables of a person's own commands name them: `COL-STATUS`.
    func selectedCells(now: Instant) -> [String: String] {
        guard let row = selectedRow else { return [:] }
        let cells = zip(snapshot.columns, row.cells).map { ("COL-\($0.title)", $1.text(now: now)) }
        return Dictionary(cells) { first, _ in first }
    }
}
