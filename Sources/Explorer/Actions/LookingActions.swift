import KubernetesModel
import TextUI

/// Looking closer.
enum LookingActions {
    static let all: [ObjectAction] = [
        ObjectAction(
            binding: Binding("object.logs", "l", title: "logs", section: .resource, footer: true), kinds: .named(PodSource.kinds),
            changes: false
        ) { targets, shell in shell.push(LogScreen(of: targets, shell: shell)) },
        ObjectAction(
            binding: Binding("object.previousLogs", "p", title: "logs of the previous run", section: .resource),
            kinds: .named(PodSource.kinds),
            changes: false
        ) { targets, shell in shell.push(LogScreen(of: targets, isPrevious: true, shell: shell)) },
        .looking(Binding("object.describe", "d", title: "describe", section: .resource, footer: true)) { targets, shell in
            shell.push(DocumentScreen(targets[0], content: .description, shell: shell))
        },
        .looking(Binding("object.yaml", "y", title: "yaml", section: .resource, footer: true)) { targets, shell in
            shell.push(DocumentScreen(targets[0], content: .yaml, shell: shell))
        },
        ObjectAction(
            binding: Binding("object.compare", "=", title: "compare two, or revisions", section: .resource), kinds: .all,
            changes: false
        ) { targets, shell in shell.compare(targets) },
        .looking(Binding("object.timeline", "Shift-E", title: "timeline of events", section: .resource)) { targets, shell in
            shell.openTimeline(of: targets[0])
        },
        .looking(Binding("object.related", "Shift-R", title: "related", section: .resource)) { targets, shell in
            shell.openRelated(targets[0])
        },
        .looking(
            Binding("object.usedBy", "u", title: "used by", section: .resource),
            .named(["configmaps", "secrets", "persistentvolumeclaims", "priorityclasses.scheduling.k8s.io", "serviceaccounts"])
        ) { targets, shell in shell.openRelated(targets[0]) },
        .looking(Binding("object.decode", "x", title: "decode", section: .resource, footer: true), .named(["secrets"])) { targets, shell in
            shell.push(DocumentScreen(targets[0], content: .yaml, decodesSecret: true, shell: shell))
        },
    ]
}
