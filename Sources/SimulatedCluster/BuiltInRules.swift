/// Puts the rules of a Kubernetes API server in force: admission, validation, access.
package enum BuiltInRules {
    package static func install(in parts: ClusterParts) {
        let roles = RoleCatalog(parts.view)
        let authorizer = RoleBasedAuthorizer(roles: roles)
        parts.pipeline.rules = WriteRules(
            validator: ObjectValidator(), admission: BuiltInAdmission(services: ServiceAllocator(parts.store), roles: roles)
        )
        let authenticator = BuiltInAuthenticator(
            tokens: ServiceAccountTokens(view: parts.view, random: parts.random), authorizer: authorizer, timeline: parts.timeline
        )
        let reviews = BuiltInReviews(
            authenticator: authenticator, authorizer: authorizer, roles: roles, view: parts.view, random: parts.random
        )
        parts.access = AccessRules(authenticator: authenticator, authorizer: authorizer, reviews: reviews)
        parts.controllers.add(ClusterRoleAggregator())
        parts.controllers.add(QuotaController())
    }
}
