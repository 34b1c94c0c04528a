import KubernetesModel
import KubernetesSemantics

/// The roles and bindings of the cluster, read once and again after they change.
final class RoleCatalog {
    struct Binding {
        let reference: String
        let subjects: [JSONObject]
        let roleKind: String
        let roleName: String
        /// Nil for bindings of the whole cluster.
        let namespace: String?
    }

    /// A rule that a user has, and through what.
    struct Grant {
        let rule: AccessRule
        let binding: Binding
        let subject: JSONObject
    }

    static let group = "rbac.authorization.k8s.io"
    private static let clusterRoles = GroupResource(group: group, resource: "clusterroles")
    private static let roles = GroupResource(group: group, resource: "roles")
    private static let clusterBindings = GroupResource(group: group, resource: "clusterrolebindings")
    private static let bindings = GroupResource(group: group, resource: "rolebindings")

    private let view: ClusterView
    /// The key's namespace is nil for those of the cluster.
    private(set) var cachedBindings: [String?: [Binding]] = [:]
    private var cachedRules: [ObjectKey: [AccessRule]] = [:]

    init(_ view: ClusterView) {
        self.view = view
        view.store.observe { [weak self] change in
            guard change.resource.group == Self.group else { return }
            self?.forget(change)
        }
    }

    private func forget(_ change: StoreChange) {
        switch change.resource {
        case Self.clusterRoles, Self.roles: cachedRules[change.key] = nil
        default: cachedBindings[change.key.namespace] = nil
        }
    }

    /// Visits what a user is granted in the cluster and in a namespace, until `visit` returns false.
    /// - Returns: the roles that bindings name but that are not there.
    func visitGrants(to user: UserInfo, namespace: String, _ visit: (Grant) -> Bool) -> [String] {
        var missing: [String] = []
        let bindings = self.bindings(in: nil) + (namespace.isEmpty ? [] : self.bindings(in: namespace))
        for binding in bindings {
            guard let subject = binding.subjects.first(where: { Self.means($0, user, binding) }) else { continue }
            guard let rules = rules(of: binding) else {
                missing.append("\(binding.roleKind.lowercased()).\(Self.group) \(binding.roleName.goQuoted) not found")
                continue
            }
            for rule in rules where !visit(Grant(rule: rule, binding: binding, subject: subject)) { return missing }
        }
        return missing
    }

    /// The rules of the role that a binding names; nil when it is not there.
    func rules(kind: String, name: String, namespace: String?) -> [AccessRule]? {
        let key = ObjectKey(namespace: kind == "ClusterRole" ? nil : namespace, name: name)
        if let known = cachedRules[key] { return known }
        guard let role = view.get(kind == "ClusterRole" ? Self.clusterRoles : Self.roles, key) else { return nil }
        let rules = AccessRule.all(of: role)
        cachedRules[key] = rules
        return rules
    }

    private func rules(of binding: Binding) -> [AccessRule]? {
        rules(kind: binding.roleKind, name: binding.roleName, namespace: binding.namespace)
    }

    private func bindings(in namespace: String?) -> [Binding] {
        if let known = cachedBindings[namespace] { return known }
        let resource = namespace == nil ? Self.clusterBindings : Self.bindings
        let list = view.list(resource, namespace: namespace).map { object in
            Binding(
                reference: namespace.map { "RoleBinding \("\(object.name)/\($0)".goQuoted)" }
                    ?? "ClusterRoleBinding \(object.name.goQuoted)",
                subjects: object.json.objects("subjects"),
                roleKind: object.json.object("roleRef")?.string("kind") ?? "",
                roleName: object.json.object("roleRef")?.string("name") ?? "",
                namespace: namespace
            )
        }
        // Anybody may ask with any name: of a namespace without bindings nothing is kept.
        if !list.isEmpty { cachedBindings[namespace] = list }
        return list
    }

    private static func means(_ subject: JSONObject, _ user: UserInfo, _ binding: Binding) -> Bool {
        let name = subject.string("name")
        switch subject.string("kind") {
        case "User": return user.name == name
        case "Group": return user.groups.contains(name)
        case "ServiceAccount":
            let namespace = subject.string("namespace").isEmpty ? binding.namespace ?? "" : subject.string("namespace")
            return !namespace.isEmpty && user.name == "system:serviceaccount:\(namespace):\(name)"
        default: return false
        }
    }
}
