package import KubernetesModel

/// Finds out who makes a request.
package protocol Authenticator {
    /// The user, after impersonation; `anonymous` without credentials.
    /// - Throws: 401 for credentials that are wrong, 403 for an impersonation that isn't allowed.
    func authenticate(_ request: APIRequest) throws(StatusError) -> UserInfo
}

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

/// Decides what a user may do.
package protocol Authorizer {
    func decide(_ attributes: AccessAttributes) -> AccessDecision
}

/// Answers the review resources (`SelfSubjectAccessReview`, `TokenReview`, …), which store nothing, and makes tokens.
package protocol ReviewResponder {
    /// The object with its `status`; nil for kinds that are no reviews.
    func answer(_ review: KubernetesObject, namespace: String?, by user: UserInfo, at now: Instant) throws(StatusError) -> KubernetesObject?
    /// A `TokenRequest` for a service account, with the token in its `status`.
    func issueToken(_ request: KubernetesObject, for serviceAccount: KubernetesObject, at now: Instant) throws(StatusError) -> KubernetesObject
}

/// All rules of who may do what.
package struct AccessRules {
    package var authenticator: (any Authenticator)?
    package var authorizer: (any Authorizer)?
    package var reviews: (any ReviewResponder)?

    package init(authenticator: (any Authenticator)? = nil, authorizer: (any Authorizer)? = nil, reviews: (any ReviewResponder)? = nil) {
        self.authenticator = authenticator
        self.authorizer = authorizer
        self.reviews = reviews
    }
}
