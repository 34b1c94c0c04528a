/// What a request wants to do, as authorisation sees it.
package struct AccessAttributes: Sendable, Hashable {
    package var user: UserInfo
    /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, …
    package var verb: String
    package var group = ""
    package var version = ""
    /// Empty for paths that are no resources.
    package var resource = ""
    package var subresource = ""
    package var namespace = ""
    package var name = ""
    /// For paths that are no resources, such as `/healthz`.
    package var path = ""

    package init(
        user: UserInfo, verb: String, group: String = "", version: String = "", resource: String = "", subresource: String = "",
        namespace: String = "", name: String = "", path: String = ""
    ) {
        self.user = user
        self.verb = verb
        self.group = group
        self.version = version
        self.resource = resource
        self.subresource = subresource
        self.namespace = namespace
        self.name = name
        self.path = path
    }

    package var isResourceRequest: Bool { !resource.isEmpty }
}

package struct AccessDecision: Sendable, Hashable {
    package var isAllowed: Bool
    /// Why, such as `RBAC: allowed by ClusterRoleBinding "x" of ClusterRole "y" to Group "z"`.
    package var reason: String

    package init(isAllowed: Bool, reason: String = "") {
        self.isAllowed = isAllowed
        self.reason = reason
    }
}

/// All rules of who may do what.
struct AccessRules {
    let authenticator: Authenticator
    let authorizer: Authorizer
    let reviews: ReviewResponder

    init(roles: RoleCatalog, staticTokens: StaticTokens, view: ClusterView, random: Randomness, timeline: Timeline) {
        authorizer = Authorizer(roles: roles)
        authenticator = Authenticator(
            tokens: ServiceAccountTokens(view: view, random: random), staticTokens: staticTokens, authorizer: authorizer, timeline: timeline
        )
        reviews = ReviewResponder(authenticator: authenticator, authorizer: authorizer, roles: roles, view: view, random: random)
    }
}
