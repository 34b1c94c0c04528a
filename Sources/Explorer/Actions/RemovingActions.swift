import KubernetesModel
import TextUI

/// Changing an object as a whole, and removing it.
enum RemovingActions {
    static let all: [ObjectAction] = [
        ObjectAction(
            binding: Binding("object.edit", "e", title: "edit", section: .resource, footer: true), kinds: .supporting("update"),
            rights: [Right("update")], isForMany: false
        ) { targets, shell in EditAction.start(targets[0], in: shell) },
        ObjectAction(
            binding: Binding("object.delete", "Ctrl-D", title: "delete", section: .resource, footer: true), kinds: .supporting("delete"),
            rights: [Right("delete")]
        ) { targets, shell in DeleteAction.start(targets, in: shell) },
        ObjectAction(
            binding: Binding("object.kill", "Ctrl-K", title: "kill", section: .resource), kinds: .named(["pods"]), rights: [Right("delete")]
        ) { targets, shell in DeleteAction.kill(targets, in: shell) },
    ]
}
