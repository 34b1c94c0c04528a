import KubernetesModel

/// Knows users by their client certificate, by a bearer token, or as whom an allowed user impersonates.
struct Authenticator {
    let tokens: ServiceAccountTokens
    let staticTokens: StaticTokens
    let authorizer: Authorizer
    let timeline: Timeline

    /// The user, after impersonation; `anonymous` without credentials.
    /// - Throws: 401 for credentials that are wrong, 403 for an impersonation that isn't allowed.
    func authenticate(_ request: APIRequest) throws(StatusError) -> UserInfo {
        let user = try identify(request)
        guard let wanted = Impersonation(request) else { return user }
        return try wanted.become(by: user, authorizer: authorizer)
    }

    private func identify(_ request: APIRequest) throws(StatusError) -> UserInfo {
        if let user = request.clientCertificate?.user { return user }
        let user = try identifyByToken(request)
        // A token helps where a certificate didn't; nothing else does.
        if user == .anonymous, request.clientCertificate == .refused { throw .unauthorized }
        return user
    }

    private func identifyByToken(_ request: APIRequest) throws(StatusError) -> UserInfo {
        guard let header = request.header("authorization") else { return .anonymous }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .anonymous }
        let token = String(parts[1])
        if let user = staticTokens.user(of: token) { return user }
        guard let identity = tokens.identify(token, at: timeline.now), identity.audiences.contains(ServiceAccountTokens.audience) else {
            throw .unauthorized
        }
        return identity.user
    }
}

extension ClientIdentity {
    /// Nil for one that is refused.
    var user: UserInfo? {
        guard case .subject(let name, let groups, let fingerprint) = self else { return nil }
        let extra = fingerprint.isEmpty ? [:] : ["authentication.kubernetes.io/credential-id": [fingerprint]]
        return UserInfo(name: name, groups: groups, extra: extra).authenticated
    }
}

extension UserInfo {
    /// With the group of everyone who showed credentials.
    var authenticated: UserInfo {
        var user = self
        if !user.groups.contains("system:authenticated") { user.groups.append("system:authenticated") }
        return user
    }
}
