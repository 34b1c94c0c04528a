import KubernetesModel
import KubernetesSemantics

/// A branch of a tree of objects.
nonisolated struct TreeNode: Sendable {
    /// Tells it from its siblings, the same whenever the tree is made anew.
    let id: String
    /// `deployment cart`, `container app`.
    let title: String
    /// What is known of it: `2/3`, `missing`.
    var note = ""
    var role = StyleRole.text
    var target: ObjectTarget?
    var children: [TreeNode] = []

    /// A heading, left out where there is nothing below it.
    static func section(_ title: String, _ children: [TreeNode]) -> [TreeNode] {
        children.isEmpty ? [] : [TreeNode(id: title, title: title, note: "\(children.count)", role: .helpSection, children: children)]
    }

    /// Whether it or anything below it is about `text`.
    func mentions(_ isWanted: (String) -> Bool) -> Bool {
        isWanted(title) || isWanted(note) || children.contains { $0.mentions(isWanted) }
    }
}

nonisolated extension TreeNode {
    init(_ object: KubernetesObject, target: ObjectTarget?, children: [TreeNode] = []) {
        let health = Health.of(object)
        let role: StyleRole =
            switch health.level {
            case .ok, .unknown: .statusNormal
            case .finished: .statusCompleted
            case .progressing: .statusAdded
            case .warning: .statusPending
            case .failing: .statusError
            }
        let sign = health.level == .failing ? "✗ " : health.level == .warning ? "! " : ""
        self.init(
            id: "\(object.kind)/\(object.key)", title: "\(object.kind.lowercased()) \(object.name)", note: sign + (health.reason ?? ""),
            role: role,
            target: target, children: children
        )
    }

    /// Something that is referred to and is not there.
    static func missing(_ kind: String, _ name: String) -> TreeNode {
        TreeNode(id: "\(kind)/\(name)", title: "\(kind.lowercased()) \(name)", note: "✗ missing", role: .statusError)
    }
}
