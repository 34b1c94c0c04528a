import KubernetesModel
import ResourceTables
import TextUI

/// What can be done with pods and what is in them.
enum PodActions {
    private static let pods = ObjectAction.Kinds.named(["pods"])

    static let all: [ObjectAction] = [
        ObjectAction(
            binding: Binding("object.shell", "s", title: "shell", section: .resource, footer: true), kinds: pods,
            rights: [Right("create", "exec")],
            isForMany: false
        ) { targets, shell in ContainerSession.open(.shell, in: targets[0], container: nil, shell: shell) },
        ObjectAction(
            binding: Binding("object.attach", "a", title: "attach", section: .resource), kinds: pods, rights: [Right("create", "attach")],
            isForMany: false
        ) { targets, shell in ContainerSession.open(.attach, in: targets[0], container: nil, shell: shell) },
        ObjectAction(
            binding: Binding("object.debug", "b", title: "debug container", section: .resource), kinds: pods,
            rights: [Right("patch", "ephemeralcontainers"), Right("create", "attach")], isForMany: false
        ) { targets, shell in DebugAction.start(targets[0], container: nil, in: shell) },
        ObjectAction(
            binding: Binding("object.copy", "t", title: "copy files", section: .resource), kinds: pods,
            rights: [Right("create", "exec")], isForMany: false, run: CopyAction.start
        ),
        ObjectAction(
            binding: Binding("object.forward", "Shift-F", title: "forward a port", section: .resource), kinds: .named(PodSource.kinds),
            rights: [Right("create", "portforward", of: GroupResource(resource: "pods"))], changes: false, isForMany: false
        ) { targets, shell in ForwardAction.start(targets[0], in: shell) },
        .looking(Binding("object.forwards", "f", title: "forwarded ports", section: .resource), .named(PodSource.kinds)) { _, shell in
            shell.push(ForwardsScreen(shell: shell))
        },
        .looking(Binding("object.node", "o", title: "show its node", section: .resource), pods, showNode),
    ]

    private static func showNode(_ targets: [ObjectTarget], in shell: Shell) {
        shell.reading(targets[0]) { pod, target in
            guard let node = pod.spec["nodeName"]?.stringValue else { return shell.report(.info, "\(target.text) is on no node yet") }
            let session = shell.session(of: target)
            shell.openTable(session.builtIn("nodes"), of: [session], namespaces: session.namespaces, fieldSelector: "metadata.name=\(node)")
        }
    }
}
