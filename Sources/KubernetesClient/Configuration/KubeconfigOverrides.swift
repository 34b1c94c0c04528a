/// What the command line says in place of the kubeconfig. Nil leaves it to the file.
package struct KubeconfigOverrides: Sendable, Hashable {
    package var context: String?
    package var cluster: String?
    package var user: String?
    package var namespace: String?
    package var impersonatedUser: String?
    package var impersonatedGroups: [String]
    package var server: String?
    package var token: Secret?
    package var skipsTLSVerification: Bool
    /// Files, in PEM.
    package var certificateAuthority: String?
    package var clientCertificate: String?
    package var clientKey: String?
    /// How long a server may be silent before a request is given up.
    package var requestTimeout: Duration?

    package init(
        context: String? = nil, cluster: String? = nil, user: String? = nil, namespace: String? = nil, impersonatedUser: String? = nil,
        impersonatedGroups: [String] = [], server: String? = nil, token: Secret? = nil, skipsTLSVerification: Bool = false
    ) {
        self.context = context
        self.cluster = cluster
        self.user = user
        self.namespace = namespace
        self.impersonatedUser = impersonatedUser
        self.impersonatedGroups = impersonatedGroups
        self.server = server
        self.token = token
        self.skipsTLSVerification = skipsTLSVerification
    }
}
