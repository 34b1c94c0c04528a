/// Everything that is needed to talk to one cluster as one user: what a kubeconfig's context comes to.
package struct ClusterConfiguration: Sendable {
    package var server: ServerAddress
    package var tls = TLSSettings()
    package var credentials = Credentials()
    package var impersonation: Impersonation?
    package var proxy: ProxyAddress?
    /// False when the kubeconfig says `disable-compression`.
    package var allowsCompression = true
    /// How long the server may be silent before a request, other than a watch or a stream, is given up.
    package var requestTimeout = Duration.seconds(30)
    /// How long an answer that has an end may take in all, however little by little it comes.
    package var answerTimeout = Duration.seconds(300)
    /// The namespace to start in.
    package var namespace = "default"
    /// What the kubeconfig calls it, for the screen and for messages.
    package var names = Names()

    package init(server: ServerAddress) {
        self.server = server
    }

    /// Whether both lead to the same server in the same way, and as the same user: only the credentials may be others.
    package func leadsAlike(_ former: ClusterConfiguration) -> Bool {
        server == former.server && tls == former.tls && proxy == former.proxy && names.user == former.names.user
            && impersonation == former.impersonation
    }

    package struct Names: Sendable, Hashable {
        package var context = ""
        package var cluster = ""
        package var user = ""

        package init(context: String = "", cluster: String = "", user: String = "") {
            self.context = context
            self.cluster = cluster
            self.user = user
        }
    }

    /// How the server proves who it is.
    package struct TLSSettings: Sendable, Hashable {
        /// PEM, one certificate or several; nil means the system's authorities.
        package var certificateAuthority: String?
        /// Sent and verified in place of the host's name.
        package var serverName: String?
        package var skipsVerification = false

        package init(certificateAuthority: String? = nil, serverName: String? = nil, skipsVerification: Bool = false) {
            self.certificateAuthority = certificateAuthority
            self.serverName = serverName
            self.skipsVerification = skipsVerification
        }
    }

    /// How the user proves who they are. A client certificate may come with one of the others.
    package struct Credentials: Sendable, Hashable {
        package var clientCertificate: ClientCertificate?
        package var login: Login

        package init(clientCertificate: ClientCertificate? = nil, login: Login = .none) {
            self.clientCertificate = clientCertificate
            self.login = login
        }
    }

    package enum Login: Sendable, Hashable {
        case none
        case token(Secret)
        /// A file that somebody else keeps fresh; the fallback is used when it can't be read.
        case tokenFile(path: String, fallback: Secret?)
        case basic(user: String, password: Secret)
        case exec(ExecPluginConfiguration)
    }

    /// A certificate chain and its key, both PEM.
    package struct ClientCertificate: Sendable, Hashable {
        package var certificate: String
        package var key: Secret

        package init(certificate: String, key: Secret) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Acting as somebody else.
    package struct Impersonation: Sendable, Hashable {
        package var user: String
        package var uid: String?
        package var groups: [String]
        package var extra: [String: [String]]

        package init(user: String, uid: String? = nil, groups: [String] = [], extra: [String: [String]] = [:]) {
            self.user = user
            self.uid = uid
            self.groups = groups
            self.extra = extra
        }
    }
}
