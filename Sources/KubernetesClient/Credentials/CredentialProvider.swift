/// Who asks, as a request carries it.
struct Authorization: Sendable, Hashable {
    /// The `Authorization` header.
    var header: Secret?
    var certificate: ClusterConfiguration.ClientCertificate?
}

/// Has the credentials ready that requests carry, and renews those that wear out.
actor CredentialProvider {
    private let credentials: ClusterConfiguration.Credentials

    init(_ credentials: ClusterConfiguration.Credentials) {
        self.credentials = credentials
    }

    /// - Throws: `.credentials`.
    func current() async throws(ClientError.Cause) -> Authorization {
        Authorization(header: header, certificate: credentials.clientCertificate)
    }

    /// Other credentials than the rejected ones; nil when there are none to be had.
    func renewed(after rejected: Authorization) async throws(ClientError.Cause) -> Authorization? {
        nil
    }

    private var header: Secret? {
        switch credentials.login {
        case .token(let token): Secret("Bearer \(token.value)")
        default: nil
        }
    }
}
