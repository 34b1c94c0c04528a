extension ClusterConfiguration {
    private static let serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// The cluster that this process runs in, as its pod's service account; nil when it does not run in one.
    static func inCluster(
        _ environment: [String: String], _ files: FileAccess, _ overrides: KubeconfigOverrides
    ) throws(KubeconfigError) -> ClusterConfiguration? {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
            let port = environment["KUBERNETES_SERVICE_PORT"].flatMap({ Int($0) }), files.exists("\(serviceAccount)/token")
        else { return nil }
        var configuration = ClusterConfiguration(server: ServerAddress(host: host, port: port))
        configuration.tls.certificateAuthority = try? files.read("\(serviceAccount)/ca.crt")
        configuration.tls.skipsVerification = overrides.skipsTLSVerification
        configuration.credentials.login = .tokenFile(path: "\(serviceAccount)/token", fallback: nil)
        configuration.names = .init(context: "in-cluster", cluster: "in-cluster", user: "service account")
        let own = (try? files.read("\(serviceAccount)/namespace"))?.filter { !$0.isWhitespace }
        let namespace = overrides.namespace ?? own ?? "default"
        guard Kubeconfig.isNamespace(namespace) else { throw KubeconfigError("\"\(namespace)\" is not the name of a namespace") }
        configuration.namespace = namespace
        try overrides.apply(to: &configuration, files)
        return configuration
    }
}
