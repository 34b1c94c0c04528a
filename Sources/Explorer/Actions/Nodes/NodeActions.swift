import KubernetesClient
import KubernetesModel
import TextUI

/// What nodes can be told to do.
enum NodeActions {
    private static let kinds = ObjectAction.Kinds.named(["nodes"])

    static let all: [ObjectAction] = [
        ObjectAction(
            binding: Binding("object.cordon", "c", title: "cordon", section: .resource, footer: true), kinds: kinds,
            rights: [Right("patch")]
        ) { mark($0, unschedulable: true, in: $1) },
        ObjectAction(
            binding: Binding("object.uncordon", "u", title: "uncordon", section: .resource, footer: true), kinds: kinds,
            rights: [Right("patch")]
        ) { mark($0, unschedulable: false, in: $1) },
        ObjectAction(
            binding: Binding("object.drain", "r", title: "drain", section: .resource, footer: true), kinds: kinds,
            rights: [Right("patch"), Right("create", "eviction", of: GroupResource(resource: "pods"))], run: drain
        ),
        ObjectAction(
            binding: Binding("object.nodeShell", "s", title: "shell", section: .resource), kinds: kinds, isForMany: false,
            obstacle: NodeShell.obstacle, run: NodeShell.start
        ),
    ]

    private static func mark(_ targets: [ObjectTarget], unschedulable: Bool, in shell: Shell) {
        shell.confirm(
            targets.map { marking($0, unschedulable: unschedulable) }, verb: unschedulable ? "Cordon" : "Uncordon",
            done: unschedulable ? "Cordoned" : "Uncordoned",
            text: [
                unschedulable
                    ? "Cordon \(targets.what)? No new pods are placed there; those that run stay."
                    : "Uncordon \(targets.what)? New pods may be placed there again."
            ]
        )
    }

    static func marking(_ node: ObjectTarget, unschedulable: Bool) -> Write {
        .patching(node, with: .merge(["spec": ["unschedulable": unschedulable ? true : .null]]))
    }

    /// Looks first at what would have to go.
    private static func drain(_ targets: [ObjectTarget], in shell: Shell) {
        let session = shell.session(of: targets[0])
        shell.reading(of: session) { client in
            var plans: [DrainPlan] = []
            for target in targets {
                let pods = try await client.list(GroupVersionResource(resource: "pods"), fieldSelector: "spec.nodeName=\(target.name)")
                    .items
                let isCordoned = try await target.read(client).spec["unschedulable"]?.boolValue ?? false
                plans.append(DrainPlan(node: target, isCordoned: isCordoned, pods: pods))
            }
            let budgets = GroupVersionResource(group: "policy", version: "v1", resource: "poddisruptionbudgets")
            return (plans, (try? await client.list(budgets).items) ?? [])
        } then: { plans, budgets in
            confirm(plans, budgets, of: session, in: shell)
        }
    }

    private static func confirm(_ plans: [DrainPlan], _ budgets: [KubernetesObject], of session: ClusterSession, in shell: Shell) {
        let theme = shell.theme
        let details = plans.flatMap { $0.lines(budgets: budgets, theme: theme) }
        let targets = plans.map(\.node)
        let write = Write(
            target: targets[0], furtherTargets: Array(targets.dropFirst()), request: marking(targets[0], unschedulable: true).request,
            furtherRequests: targets.dropFirst().map { marking($0, unschedulable: true).request } + ["then POST …/eviction for each pod"],
            effect: .other
        ) { [weak shell] client in
            guard let shell else { return nil }
            shell.push(DrainScreen(session.drains.begin(plans, client, in: shell), shell: shell), of: session)
            return nil
        }
        shell.confirm(
            [write], verb: "Drain", done: "Began to drain", text: ["Drain \(targets.what)?"], details: details, isDestructive: true)
    }
}
