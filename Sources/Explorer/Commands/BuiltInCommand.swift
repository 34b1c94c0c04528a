import KubernetesSemantics
import ResourceTables
import TextUI

/// A command of the `:` prompt that is not the name of a resource.
struct BuiltInCommand {
    let names: [String]
    let summary: String
    let run: (Shell, CommandLine) -> Void

    static func named(_ name: String) -> BuiltInCommand? {
        all.first { $0.names.contains(name) }
    }

    static let all: [BuiltInCommand] = [
        BuiltInCommand(names: ["quit", "q", "q!", "qa", "exit"], summary: "leave") { shell, _ in shell.quit() },
        BuiltInCommand(names: ["help", "h", "?"], summary: "all keys of this view") { shell, _ in shell.toggleHelp() },
        BuiltInCommand(names: ["contexts", "context", "ctx"], summary: "the kubeconfig's contexts; with a name: go there") { shell, line in
            if let name = line.arguments.first ?? line.contexts.first {
                shell.switchContext(to: name)
            } else {
                shell.push(ContextsScreen(shell: shell))
            }
        },
        BuiltInCommand(names: ["aliases", "alias", "a"], summary: "every resource and its names") { shell, _ in
            shell.push(AliasesScreen(shell: shell))
        },
        BuiltInCommand(names: ["overview", "ov"], summary: "pods, nodes, services, events and logs at once") { shell, line in
            shell.openOverview(of: line.namespaces)
        },
        BuiltInCommand(names: ["users", "user", "usr"], summary: "the users that bindings name, and what they may do") { shell, _ in
            shell.openSubjects(.user)
        },
        BuiltInCommand(names: ["groups", "group", "grp"], summary: "the groups that bindings name, and what they may do") { shell, _ in
            shell.openSubjects(.group)
        },
        BuiltInCommand(names: ["can", "policy"], summary: "what you may do, or u:USER, g:GROUP, s:NAMESPACE:ACCOUNT") { shell, line in
            guard let argument = line.arguments.first else { return shell.openOwnRights() }
            guard let subject = AccessSubject(command: argument) else {
                return shell.refuse("\(argument) is nobody: u:USER, g:GROUP or s:NAMESPACE:ACCOUNT")
            }
            shell.openPolicy(of: subject)
        },
        BuiltInCommand(names: ["who", "whocan"], summary: "who may do something: who delete pods") { shell, line in
            guard line.arguments.count == 2 else { return shell.refuse("Say what: who VERB RESOURCE, as in who delete pods") }
            shell.openWhoMay(line.arguments[0], line.arguments[1])
        },
        BuiltInCommand(names: ["troubleshoot", "why"], summary: "what is broken, and why") { shell, _ in
            shell.push(WhyScreen(about: nil, shell: shell))
        },
        BuiltInCommand(names: ["theme", "themes", "skin"], summary: "change the colours") { shell, line in
            if let name = line.arguments.first { shell.useTheme(name) } else { shell.chooseTheme() }
        },
        BuiltInCommand(names: ["portforwards", "portforward", "pf"], summary: "the ports that are forwarded") { shell, _ in
            shell.push(ForwardsScreen(shell: shell))
        },
        BuiltInCommand(names: ["screendumps", "screendump", "sd"], summary: "the files that were saved") { shell, _ in
            shell.openSavedFiles()
        },
        BuiltInCommand(names: ["drains", "drain"], summary: "the nodes that are being drained, or were") { shell, _ in shell.openDrains() },
        BuiltInCommand(names: ["workloads", "workload", "wk"], summary: "all that runs, whatever its kind") { $0.openWorkloads($1) },
        BuiltInCommand(names: ["pulse", "pulses", "pu", "hz"], summary: "the cluster's health at a glance") { shell, _ in
            shell.push(PulseScreen(shell: shell))
        },
        BuiltInCommand(names: ["helm", "hm", "charts", "chart"], summary: "Helm releases, their history, values and manifests") {
            $0.openHelm($1)
        },
        BuiltInCommand(names: ["apply"], summary: "bring what files describe into the cluster: apply FILE or FOLDER") { $0.openApply($1) },
        BuiltInCommand(names: ["create"], summary: "a new object from a template: create KIND NAME") { $0.create($1) },
        BuiltInCommand(names: ["dir", "dirs", "d", "ls"], summary: "a folder's manifests, to view, edit, apply and delete by") {
            $0.openFolder($1)
        },
        BuiltInCommand(names: ["sanitize"], summary: "delete the pods that are over: sanitize NAMESPACE") { $0.sanitize($1) },
        BuiltInCommand(names: ["changes"], summary: "what was changed lately, and by whom") { $0.openChanges($1) },
        BuiltInCommand(names: ["timeline", "tl"], summary: "events, states and changes in the order of time") { $0.openTimeline($1) },
        BuiltInCommand(names: ["images", "image"], summary: "which images run, and where") { $0.openImages($1) },
        BuiltInCommand(names: ["conditions"], summary: "what is true of the selected object, with reasons") { shell, _ in
            shell.openConditions()
        },
        BuiltInCommand(names: ["find"], summary: "a text in the names, labels and annotations of all objects") { $0.find($1) },
        BuiltInCommand(names: ["diff", "compare"], summary: "two marked objects, or diff KIND NAME NAME") { $0.openComparison($1) },
        BuiltInCommand(names: ["warp"], summary: "this table in the namespace of the selected row") { shell, _ in shell.warp() },
        BuiltInCommand(names: ["split", "vsplit"], summary: "another view beside this one: split pods NAMESPACE") { shell, line in
            shell.split(line, .horizontal)
        },
        BuiltInCommand(names: ["hsplit"], summary: "another view below this one") { shell, line in shell.split(line, .vertical) },
        BuiltInCommand(names: ["tab"], summary: "a new tab: tab nodes") { shell, line in shell.openTab(line.text) },
        BuiltInCommand(names: ["xray", "xr", "x"], summary: "workloads with everything below them: xray deploy NAMESPACE") {
            $0.openXRay($1)
        },
        BuiltInCommand(names: ["undo"], summary: "take back one of the last changes") { shell, _ in UndoAction.choose(in: shell) },
        BuiltInCommand(names: ["programs", "program"], summary: "what plugins run without the terminal, and what they wrote") { shell, _ in
            shell.openPrograms()
        },
        BuiltInCommand(names: ["mistakes"], summary: "what the files of the configuration have wrong") { shell, _ in shell.openMistakes() },
        BuiltInCommand(names: ["guard"], summary: "how much is asked before something changes, and why") { shell, _ in shell.tellGuard() },
        BuiltInCommand(names: ["suspend"], summary: "back to the command line; fg returns") { shell, _ in shell.terminalAccess?.suspend() },
    ]
}
