import KubernetesModel
import KubernetesSemantics

/// Nobody gives away what they don't have: roles and bindings grant only what their author is granted.
struct RoleEscalation: AdmissionPlugin {
    let roles: RoleCatalog

    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.subresource == nil, context.groupResource.group == RoleCatalog.group, context.operation != .delete,
            !context.user.isMaster
        else { return }
        let (granted, verb): ([AccessRule], String)
        switch object.kind {
        case "Role", "ClusterRole":
            if let old, old["rules"] == object["rules"], old["aggregationRule"] == object["aggregationRule"] { return }
            (granted, verb) = (AccessRule.all(of: object), "escalate")
        case "RoleBinding", "ClusterRoleBinding":
            if let old, old["roleRef"] == object["roleRef"], old["subjects"] == object["subjects"] { return }
            (granted, verb) = (try rules(of: object, in: context), "bind")
        default: return
        }
        if mayDo(verb, object, in: context) { return }
        let missing = missing(granted, for: context.user, namespace: object.namespace ?? "")
        guard !missing.isEmpty else { return }
        let groups = context.user.groups.map(\.goQuoted).joined(separator: " ")
        throw context.forbidden(
            "user \(context.user.name.goQuoted) (groups=[\(groups)]) is attempting to grant RBAC permissions not currently held:\n"
                + missing.joined(separator: "\n")
        )
    }

    private func rules(of binding: KubernetesObject, in context: WriteContext) throws(StatusError) -> [AccessRule] {
        let reference = binding.json.object("roleRef") ?? [:]
        let (kind, name) = (reference.string("kind"), reference.string("name"))
        guard let rules = roles.rules(kind: kind, name: name, namespace: binding.namespace) else {
            throw .notFound(GroupResource(group: RoleCatalog.group, resource: kind == "ClusterRole" ? "clusterroles" : "roles"), name)
        }
        return rules
    }

    private func mayDo(_ verb: String, _ object: KubernetesObject, in context: WriteContext) -> Bool {
        let reference = object.json.object("roleRef")
        let kind = reference?.string("kind") ?? object.kind
        let attributes = AccessAttributes(
            user: context.user, verb: verb, group: RoleCatalog.group, version: "v1",
            resource: kind == "ClusterRole" ? "clusterroles" : "roles", namespace: object.namespace ?? "",
            name: reference?.string("name") ?? object.name
        )
        return Authorizer(roles: roles).decide(attributes).isAllowed
    }

    /// What the user doesn't have of these rules: one text per group and resource, with all its missing verbs.
    private func missing(_ rules: [AccessRule], for user: UserInfo, namespace: String) -> [String] {
        var own: [AccessRule] = []
        _ = roles.visitGrants(to: user, namespace: namespace) { grant in
            own.append(grant.rule)
            return true
        }
        let uncovered = rules.flatMap(\.parts).filter { part in !own.contains { $0.covers(part) } }
        var merged: [AccessRule: [String]] = [:]
        for part in uncovered {
            var subject = part
            subject.verbs = []
            let verbs = part.verbs.filter { merged[subject, default: []].contains($0) == false }
            merged[subject, default: []] += verbs
        }
        let compact = merged.map { subject, verbs in
            var rule = subject
            rule.verbs = verbs
            return rule.message
        }
        return compact.sorted()
    }
}
