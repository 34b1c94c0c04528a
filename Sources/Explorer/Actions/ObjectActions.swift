import KubernetesModel
import TextUI

/// What can be done to objects, wherever they are shown.
enum ObjectActions {
    /// The actions that make sense for the kind of the targets; the first one's counts.
    static func bindings(for targets: [ObjectTarget]) -> [Binding] {
        guard let resource = targets.first?.resource else { return [] }
        var bindings: [Binding] = []
        if PodSource.hasPods(resource) {
            bindings.append(Binding("object.logs", "l", title: "logs", section: .resource, footer: true))
            bindings.append(Binding("object.previousLogs", "p", title: "logs of the previous run", section: .resource))
        }
        bindings.append(Binding("object.describe", "d", title: "describe", section: .resource, footer: true))
        bindings.append(Binding("object.yaml", "y", title: "yaml", section: .resource, footer: true))
        bindings.append(Binding("object.edit", "e", title: "edit", section: .resource, footer: true))
        if resource.subresource("scale") != nil {
            bindings.append(Binding("object.scale", "s", title: "scale", section: .resource, footer: true))
        }
        if RestartAction.applies(to: resource) {
            bindings.append(Binding("object.restart", "r", title: "restart", section: .resource))
        }
        bindings.append(Binding("object.delete", "Ctrl-D", title: "delete", section: .resource, footer: true))
        if resource.groupResource == GroupResource(resource: "pods") {
            bindings.append(Binding("object.kill", "Ctrl-K", title: "kill", section: .resource))
        }
        return bindings
    }

    /// Why an action can't be used; nil when it can.
    static func disabledReason(for action: ActionID, on targets: [ObjectTarget], in shell: Shell) -> String? {
        guard let verb = verb(of: action) else { return nil }
        if shell.session.guardLevel == .readOnly { return "This cluster is opened read-only" }
        guard let resource = targets.first?.resource else { return nil }
        if verb != "scale", !resource.supports(verb) { return "The server can't \(verb) \(resource.name)" }
        if shell.session.guardLevel == .strict, targets.count > 1, action != "object.edit" {
            return "In a guarded context objects are changed one at a time; \(targets.count) are marked"
        }
        return nil
    }

    /// The verb that a writing action needs; nil for those that only read.
    private static func verb(of action: ActionID) -> String? {
        switch action {
        case "object.edit", "object.restart": "patch"
        case "object.scale": "scale"
        case "object.delete", "object.kill": "delete"
        default: nil
        }
    }

    /// False when the action is none of these, or there is nothing to do it to.
    static func perform(_ action: ActionID, on targets: [ObjectTarget], in shell: Shell) -> Bool {
        guard let first = targets.first else { return false }
        switch action {
        case "object.logs": shell.push(LogScreen(of: targets, shell: shell))
        case "object.previousLogs": shell.push(LogScreen(of: targets, isPrevious: true, shell: shell))
        case "object.describe": shell.push(DocumentScreen(first, content: .description, shell: shell))
        case "object.yaml": shell.push(DocumentScreen(first, content: .yaml, shell: shell))
        case "object.edit": EditAction.start(first, in: shell)
        case "object.scale": ScaleAction.start(targets, in: shell)
        case "object.restart": RestartAction.start(targets, in: shell)
        case "object.delete": DeleteAction.start(targets, gracePeriodSeconds: nil, in: shell)
        case "object.kill": DeleteAction.start(targets, gracePeriodSeconds: 1, in: shell)
        default: return false
        }
        return true
    }
}
