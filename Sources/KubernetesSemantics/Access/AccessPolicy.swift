package import KubernetesModel

/// Who may do what, as a cluster's roles and their bindings say.
package struct AccessPolicy: Sendable {
    /// A rule that a binding gives to a subject.
    package struct Grant: Sendable, Hashable {
        package let subject: AccessSubject
        package let rule: AccessRule
        /// Where it holds; nil everywhere.
        package let namespace: String?
        /// The RoleBinding, or with no namespace the ClusterRoleBinding, that gives it.
        package let binding: ObjectKey
        /// `ClusterRoleBinding/admins → ClusterRole/cluster-admin`.
        package let origin: String
    }

    private struct Binding {
        let key: ObjectKey
        let subjects: [AccessSubject]
        let role: ObjectKey
        let origin: String
    }

    private let rules: [ObjectKey: [AccessRule]]
    private let bindings: [Binding]

    /// - Parameters:
    ///   - roles: Roles and ClusterRoles.
    ///   - bindings: RoleBindings and ClusterRoleBindings.
    package init(roles: [KubernetesObject], bindings: [KubernetesObject]) {
        rules = Dictionary(roles.map { ($0.key, AccessRule.all(of: $0)) }) { first, _ in first }
        self.bindings = bindings.sorted { $0.key < $1.key }.compactMap(Self.binding)
    }

    private static func binding(_ object: KubernetesObject) -> Binding? {
        guard let reference = object["roleRef"], let name = reference["name"]?.stringValue else { return nil }
        let kind = reference["kind"]?.stringValue ?? "Role"
        let namespace = object.key.namespace
        let subjects = (object["subjects"]?.arrayValue ?? []).compactMap { AccessSubject($0, bindingNamespace: namespace) }
        return Binding(
            key: object.key, subjects: subjects, role: ObjectKey(namespace: kind == "Role" ? namespace : nil, name: name),
            origin: "\(namespace == nil ? "ClusterRoleBinding" : "RoleBinding")/\(object.name) → \(kind)/\(name)"
        )
    }

    /// Everybody whom a binding names, with how many do.
    package var subjects: [AccessSubject: Int] {
        var counts: [AccessSubject: Int] = [:]
        for subject in bindings.flatMap({ Set($0.subjects) }) { counts[subject, default: 0] += 1 }
        return counts
    }

    /// What a subject may do, by itself and through groups that it is in without being put there. Who authenticates people may put
    /// them into more groups, of which the cluster knows nothing.
    package func grants(to subject: AccessSubject) -> [Grant] {
        let holders = Set([subject] + subject.impliedGroups.map { AccessSubject(.group, name: $0) })
        return grants { holders.contains($0) }
    }

    /// Who may do something with a resource in a namespace, or with `namespace` nil everywhere.
    package func grants(_ verb: String, on resource: String, group: String, namespace: String?) -> [Grant] {
        grants { _ in true }.filter { grant in
            (grant.namespace == nil || grant.namespace == namespace) && grant.rule.allows(verb, on: resource, group: group)
        }
    }

    private func grants(_ isMeant: (AccessSubject) -> Bool) -> [Grant] {
        bindings.flatMap { binding in
            binding.subjects.filter(isMeant).flatMap { subject in
                (rules[binding.role] ?? []).map {
                    Grant(subject: subject, rule: $0, namespace: binding.key.namespace, binding: binding.key, origin: binding.origin)
                }
            }
        }
    }
}
