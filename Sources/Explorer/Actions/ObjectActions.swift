import KubernetesModel
import TextUI

/// What can be done to objects, wherever they are shown: one table.
enum ObjectActions {
    static let all: [ObjectAction] =
        LookingActions.all + PodActions.all + NodeActions.all + WorkloadActions.all + CronJobActions.all + RemovingActions.all
        + MetadataActions.all

    /// The actions that make sense for the kind of the targets; the first one's counts.
    static func bindings(for targets: [ObjectTarget]) -> [Binding] {
        targets.first.map { bindings(for: $0.resource) } ?? []
    }

    static func bindings(for resource: APIResource) -> [Binding] {
        all.filter { $0.kinds.contain(resource) }.map(\.binding)
    }

    /// Those that nearly every kind has.
    static let general = all.filter { action in
        switch action.kinds {
        case .all, .supporting: true
        case .named, .withSubresource: false
        }
    }.map(\.binding)

    private static func action(_ id: ActionID, for targets: [ObjectTarget]) -> ObjectAction? {
        guard let resource = targets.first?.resource else { return nil }
        return all.first { $0.binding.action == id && $0.kinds.contain(resource) }
    }

    /// Why an action can't be used; nil when it can.
    static func disabledReason(for id: ActionID, on targets: [ObjectTarget], in shell: Shell) -> String? {
        guard let first = targets.first, let action = action(id, for: targets) else { return nil }
        if action.changes, let obstacle = shell.session.guardLevel.obstacle { return obstacle }
        if let obstacle = action.obstacle(shell) { return obstacle }
        for right in action.rights {
            if right.resource == nil, right.subresource == nil, !first.resource.supports(right.verb) {
                return "The server can't \(right.verb) \(first.resource.name)"
            }
            if let denial = shell.session.rights.denial(of: right, on: first, in: shell) { return denial }
        }
        if action.changes, action.isForMany, shell.session.guardLevel == .strict, targets.count > 1 {
            return "In a guarded context objects are changed one at a time; \(targets.count) are marked"
        }
        return nil
    }

    /// The action gets its targets as bound to their clusters: much of it happens later, when something else may be selected.
    /// - Returns: false when the action is none of these, or there is nothing to do it to.
    static func perform(_ id: ActionID, on targets: [ObjectTarget], in shell: Shell) -> Bool {
        guard let action = action(id, for: targets) else { return false }
        action.run((action.isForMany ? targets : Array(targets.prefix(1))).map(shell.bound), shell)
        return true
    }
}
