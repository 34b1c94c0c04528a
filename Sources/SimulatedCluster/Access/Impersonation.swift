import KubernetesModel

/// Whom a request wants to act as (`Impersonate-*` headers).
struct Impersonation {
    /// One thing to be taken on.
    private struct Demand {
        var kind: String
        var namespace = ""
        var name: String
        var apiVersion = ""
        /// The key of an extra value.
        var key = ""

        /// As Go prints a reference to an object.
        var text: String { "{\(kind) \(namespace) \(name)  \(apiVersion)  \(key)}" }
    }

    private static let authentication = "authentication.k8s.io"

    private var user = ""
    private var groups: [String] = []
    private var uid = ""
    /// In the order of the request.
    private var extra: [(key: String, value: String)] = []

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
                extra.append((PercentEncoding.decode(key) ?? key, value))
            }
        }
        if user.isEmpty, groups.isEmpty, uid.isEmpty, extra.isEmpty { return nil }
    }

    /// - Throws: 400 without a user, 403 for the first part that `impersonator` may not take on.
    func become(by impersonator: UserInfo, authorizer: Authorizer) throws(StatusError) -> UserInfo {
        guard !user.isEmpty else {
            throw .badRequest("requested [\(demands.map(\.text).joined(separator: " "))] without impersonating a user")
        }
        for attributes in demands.map({ attributes(of: $0, by: impersonator) }) {
            let decision = authorizer.decide(attributes)
            guard decision.isAllowed else { throw AccessCheck.refusal(of: attributes, reason: decision.reason) }
        }
        let values = Dictionary(grouping: extra, by: \.key).mapValues { $0.map(\.value) }
        return UserInfo(name: user, uid: uid, groups: allGroups, extra: values)
    }

    private var demands: [Demand] {
        let version = Self.authentication + "/v1"
        let account = serviceAccount.map { Demand(kind: "ServiceAccount", namespace: $0.namespace, name: $0.name) }
        let person = user.isEmpty ? [] : [account ?? Demand(kind: "User", name: user)]
        return person + groups.map { Demand(kind: "Group", name: $0) }
            + extra.map { Demand(kind: "UserExtra", name: $0.value, apiVersion: version, key: $0.key) }
            + (uid.isEmpty ? [] : [Demand(kind: "UID", name: uid, apiVersion: version)])
    }

    private func attributes(of demand: Demand, by impersonator: UserInfo) -> AccessAttributes {
        let resources = ["ServiceAccount": "serviceaccounts", "User": "users", "Group": "groups", "UserExtra": "userextras", "UID": "uids"]
        return AccessAttributes(
            user: impersonator, verb: "impersonate", group: demand.apiVersion.isEmpty ? "" : Self.authentication, version: "v1",
            resource: resources[demand.kind] ?? "", subresource: demand.key, namespace: demand.namespace, name: demand.name)
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
        let (everyone, strangers) = ("system:authenticated", "system:unauthenticated")
        if user == UserInfo.anonymous.name {
            if !all.contains(strangers) { all.append(strangers) }
        } else if !all.contains(everyone), !all.contains(strangers) {
            all.append(everyone)
        }
        return all
    }
}
