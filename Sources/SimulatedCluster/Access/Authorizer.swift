import KubernetesModel
import KubernetesSemantics

/// Decides by the stored roles and bindings. Members of `system:masters` may do everything, even if all roles are gone.
struct Authorizer {
    let roles: RoleCatalog

    func decide(_ attributes: AccessAttributes) -> AccessDecision {
        if attributes.user.isMaster { return AccessDecision(isAllowed: true) }
        var reason: String?
        let missing = roles.visitGrants(to: attributes.user, namespace: attributes.namespace) { grant in
            guard grant.rule.allows(attributes) else { return true }
            reason = Self.reason(of: grant)
            return false
        }
        if let reason { return AccessDecision(isAllowed: true, reason: reason) }
        guard !missing.isEmpty else { return AccessDecision(isAllowed: false) }
        let list = missing.count == 1 ? missing[0] : "[\(missing.joined(separator: ", "))]"
        return AccessDecision(isAllowed: false, reason: "RBAC: \(list)")
    }

    private static func reason(of grant: RoleCatalog.Grant) -> String {
        let subject = grant.subject
        let name =
            subject.string("kind") == "ServiceAccount"
            ? "\(subject.string("name"))/\(subject.string("namespace"))" : subject.string("name")
        return "RBAC: allowed by \(grant.binding.reference) of \(grant.binding.roleKind) \(grant.binding.roleName.goQuoted) "
            + "to \(subject.string("kind")) \(name.goQuoted)"
    }
}

extension UserInfo {
    var isMaster: Bool { groups.contains("system:masters") }
}
