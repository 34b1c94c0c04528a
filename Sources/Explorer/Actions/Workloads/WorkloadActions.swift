import KubernetesClient
import KubernetesModel
import TextUI

/// What workloads can be told to do.
enum WorkloadActions {
    private static let replaced: Set = ["deployments.apps", "statefulsets.apps", "daemonsets.apps"]

    static let all: [ObjectAction] = [
        ObjectAction(
            binding: Binding("object.scale", "s", title: "scale", section: .resource, footer: true), kinds: .withSubresource("scale"),
            rights: [Right("patch", "scale")], run: ScaleAction.start
        ),
        ObjectAction(
            binding: Binding("object.restart", "r", title: "restart", section: .resource), kinds: .named(replaced),
            rights: [Right("patch")],
            run: restart
        ),
        ObjectAction(
            binding: Binding("object.image", "i", title: "set image", section: .resource), kinds: .named(replaced.union(["pods"])),
            rights: [Right("patch")], isForMany: false, run: ImageAction.start
        ),
        ObjectAction(
            binding: Binding("object.rollback", "Ctrl-L", title: "roll back", section: .resource),
            kinds: .named(replaced.union(["replicasets.apps"])), rights: [Right("patch")], isForMany: false, run: RollbackAction.start
        ),
        ObjectAction(
            binding: Binding("object.pause", "Shift-H", title: "pause or resume the rollout", section: .resource),
            kinds: .named(["deployments.apps"]), rights: [Right("patch")], isForMany: false, run: togglePause
        ),
    ]

    /// Restarts all pods one after the other, as `kubectl rollout restart` does: by an annotation on the pod template.
    private static func restart(_ targets: [ObjectTarget], in shell: Shell) {
        let annotation: JSONValue = ["kubectl.kubernetes.io/restartedAt": .string(KubernetesTime.seconds(shell.now()))]
        let patch: JSONValue = ["spec": ["template": ["metadata": ["annotations": annotation]]]]
        let writes = targets.map { Write.patching($0, with: .strategicMerge(patch), manager: "kubectl-rollout") }
        shell.confirm(
            writes, verb: "Restart", done: "Restarted", text: ["Restart \(targets.what)? Its pods are replaced, a few at a time."]
        )
    }

    private static func togglePause(_ targets: [ObjectTarget], in shell: Shell) {
        shell.reading(targets[0]) { object, target in
            let isPaused = object.spec["paused"]?.boolValue ?? false
            let patch: JSONValue = ["spec": ["paused": .bool(!isPaused)]]
            shell.confirm(
                [.patching(target, with: .strategicMerge(patch))], verb: isPaused ? "Resume" : "Pause",
                done: isPaused ? "Resumed" : "Paused",
                text: [
                    isPaused
                        ? "Resume \(targets.what)? Changes made in the meantime roll out."
                        : "Pause \(targets.what)? Changes to it roll out only when it is resumed."
                ]
            )
        }
    }
}
