import KubernetesModel

/// Whom a request wants to act as (`Impersonate-*` headers).
struct Impersonation {
    private var user = ""
    private var groups: [String] = []
    private var uid = ""
    private var extra: [String: [String]] = [:]

    /// Nil when the request acts as who it is.
    init?(_ request: APIRequest) {
        let prefix = "impersonate-extra-"
        for (name, value) in request.headers {
            switch name {
            case "impersonate-user": user = value
            case "impersonate-group": groups.append(value)
            case "impersonate-uid": uid = value
            default:
                guard name.hasPrefix(prefix) else { continue }
                let key = String(name.dropFirst(prefix.count))
                extra[PercentEncoding.decode(key) ?? key, default: []].append(value)
            }
        }
        if user.isEmpty, groups.isEmpty, uid.isEmpty, extra.isEmpty { return nil }
    }

    /// - Throws: 403 for the first part that `impersonator` may not take on.
    func become(by impersonator: UserInfo, authorizer: any Authorizer) throws(StatusError) -> UserInfo {
        guard !user.isEmpty else {
            throw .internalError("requested \(groups.isEmpty ? "uid or extra" : "groups") without impersonating a user")
        }
        for attributes in demands(of: impersonator) {
            let decision = authorizer.decide(attributes)
            guard decision.isAllowed else { throw AccessCheck.refusal(of: attributes, reason: decision.reason) }
        }
        return UserInfo(name: user, uid: uid, groups: allGroups, extra: extra)
    }

    private func demands(of impersonator: UserInfo) -> [AccessAttributes] {
        func demand(_ resource: String, _ name: String, group: String = "", subresource: String = "", namespace: String = "")
            -> AccessAttributes
        {
            AccessAttributes(
                user: impersonator, verb: "impersonate", group: group, version: "v1", resource: resource, subresource: subresource,
                namespace: namespace, name: name
            )
        }
        let account = serviceAccount
        var demands = [
            account.map { demand("serviceaccounts", $0.name, namespace: $0.namespace) } ?? demand("users", user)
        ]
        demands += groups.map { demand("groups", $0) }
        let authentication = "authentication.k8s.io"
        if !uid.isEmpty { demands.append(demand("uids", uid, group: authentication)) }
        for (key, values) in extra.sorted(by: { $0.key < $1.key }) {
            demands += values.map { demand("userextras", $0, group: authentication, subresource: key) }
        }
        return demands
    }

    private var serviceAccount: (namespace: String, name: String)? {
        let parts = user.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else { return nil }
        return (parts[2], parts[3])
    }

    private var allGroups: [String] {
        var all = groups
        if all.isEmpty, let account = serviceAccount {
            all = ["system:serviceaccounts", "system:serviceaccounts:\(account.namespace)"]
        }
        let everyone = user == UserInfo.anonymous.name ? "system:unauthenticated" : "system:authenticated"
        if !all.contains("system:authenticated"), !all.contains("system:unauthenticated") { all.append(everyone) }
        return all
    }
}
