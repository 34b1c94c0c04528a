import KubernetesModel
import TextUI

/// All keys there are, by where they are in force: what the documentation lists, and what `keys.yaml` may name.
struct BindingTables {
    let shell: Shell

    /// The tables of the views, each with its title.
    var views: [(title: String, bindings: [Binding])] {
        let target = ObjectTarget(resource: shell.session.builtIn("secrets"), namespace: "", name: "")
        let client = shell.session.client
        let apply = ApplyRun(Manifests(), catalog: .builtIn, namespace: "", client: client, rights: shell.session.rights)
        let folder = DirectoryScreen("", shell: shell)
        let list = ListScreen("", heading: "", shell: shell) { _ in .init(titles: [], rows: [], absence: "") }
        return [
            ("Overview, beside the keys of tables", own(OverviewScreen(shell: shell).bindings, beside: TableActions.bindings)),
            ("Containers", ContainersScreen(pod: ObjectKey(name: ""), shell: shell).bindings),
            ("YAML", own(DocumentScreen(target, content: .yaml, shell: shell).bindings, beside: ObjectActions.all.map(\.binding))),
            (
                "Describe",
                own(DocumentScreen(target, content: .description, shell: shell).bindings, beside: ObjectActions.all.map(\.binding))
            ),
            ("Logs", LogScreen(of: [target], shell: shell).bindings),
            ("Why", WhyScreen(about: nil, shell: shell).bindings),
            ("Trees: related, xray", TreeScreen(name: "", heading: "", detail: "", shell: shell, following: []) { _ in [] }.bindings),
            ("Lists: workloads, rights, changes", list.bindings),
            ("Helm, beside the keys of lists", Shell.helmBindings + Shell.releaseBindings + Shell.revisionBindings),
            ("Comparison", ComparisonScreen(shell: shell) { throw CancellationError() }.bindings),
            ("Find", TextSearch("x").map { FindScreen($0, shell: shell).bindings } ?? []),
            ("Pulse", PulseScreen(shell: shell).bindings), ("Forwarded ports", ForwardsScreen(shell: shell).bindings),
            ("Saved files", SavedFilesScreen(folder: "", shell: shell).bindings),
            ("Draining", DrainScreen(DrainRun([], client: client, now: shell.now), shell: shell).bindings),
            (
                "Splits, beside the keys of both views",
                own(SplitScreen(folder, folder, axis: .horizontal).bindings, beside: folder.bindings)
            ),
            ("Applying files", ApplyScreen(apply, path: "", shell: shell).bindings), ("Folders", folder.bindings),
            ("Contexts", ContextsScreen(shell: shell).bindings), ("Aliases", AliasesScreen(shell: shell).bindings),
        ]
    }

    private func own(_ bindings: [Binding], beside others: [Binding]) -> [Binding] {
        let others = Set(others.map(\.action))
        return bindings.filter { !others.contains($0.action) && !NamespaceKeys.actions.contains($0.action) }
    }

    /// All that can be given other keys, what a person has added included.
    var actions: Set<ActionID> {
        let fathom = GeneralActions.bindings + TableActions.bindings + ObjectActions.all.map(\.binding) + views.flatMap(\.bindings)
        let settings = shell.configuration
        return Set(fathom.map(\.action) + NamespaceKeys.actions + settings.hotKeys.map(\.action) + settings.plugins.map(\.action))
    }
}

extension Shell {
    /// What is wrong with keys and aliases that a person has set, seen together, a sentence each.
    var keyProblems: [String] {
        unknownKeys + keyConflicts + takenKeys + configuration.keyClashes + configuration.aliasProblems + unknownKinds
    }

    private var bindingTables: [[Binding]] {
        [GeneralActions.bindings, TableActions.bindings, ObjectActions.general] + BindingTables(shell: self).views.map(\.bindings)
    }

    /// A sentence for each key that a person has given to several actions of one view, or that begins another's keys.
    var keyConflicts: [String] {
        let keys = configuration.keys
        guard !keys.keys.isEmpty else { return [] }
        let sentences = bindingTables.flatMap { KeyMap.conflicts(in: keys.applied(to: $0)) }.compactMap { conflict -> String? in
            guard let own = conflict.actions.last(where: { keys.keys[$0] != nil }), Set(conflict.actions).count > 1 else { return nil }
            let names = Set(conflict.actions.map(\.name)).sorted().joined(separator: " and ")
            let pressed = conflict.keys.map(\.description).joined(separator: " ")
            return "\(keys.places[own] ?? "keys.yaml"): \(pressed) is a key of \(names), of which only one can be reached"
        }
        return Set(sentences).sorted()
    }

    /// A sentence for each key that a person has given to one action and that was the only one of another.
    var takenKeys: [String] {
        let keys = configuration.keys
        guard !keys.keys.isEmpty else { return [] }
        let left = bindingTables.joined().filter {
            !$0.keys.isEmpty && keys.applied(to: [$0])[0].keys.isEmpty && keys.keys[$0.action] == nil
        }
        let sentences = left.flatMap { binding in
            binding.keys.compactMap { key -> String? in
                guard let taker = keys.keys.first(where: { $0.value.contains(key) })?.key else { return nil }
                let pressed = key.map(\.description).joined(separator: " ")
                return "\(keys.places[taker] ?? "keys.yaml"): \(pressed) is taken from \(binding.action.name), which has no other key"
            }
        }
        return Set(sentences).sorted()
    }

    /// A sentence for each view and each jump of a kind that the cluster doesn't have; none before it has told which it has.
    var unknownKinds: [String] {
        guard session.serverVersion != nil else { return [] }
        let named = configuration.views.map { ($0.resource, $0.line) } + configuration.jumps.map { ($0.source, $0.line) }
        return named.filter { name, _ in !session.catalog.resources.contains { $0.isMeant(by: name) } }.map { name, line in
            "\(line): \(session.contextName) has no resource that is called \(name)"
        }
    }

    /// A sentence for each id in `keys.yaml` that nothing has.
    var unknownKeys: [String] {
        let keys = configuration.keys
        guard !keys.keys.isEmpty else { return [] }
        let known = BindingTables(shell: self).actions
        return keys.keys.keys.filter { !known.contains($0) }.map { "\(keys.places[$0] ?? "keys.yaml"): \($0) is no action's id" }.sorted()
    }
}
