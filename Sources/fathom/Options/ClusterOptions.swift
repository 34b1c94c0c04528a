import ArgumentParser

/// Which cluster to talk to, and as whom: kubectl's names for kubectl's things.
struct ClusterOptions: ParsableArguments {
    @OptionGroup(title: "Simulated cluster")
    var simulation: SimulationOptions

    @Option(help: "The kubeconfig file to use, in place of $KUBECONFIG and ~/.kube/config.")
    var kubeconfig: String?

    @Option(help: "The context to use.")
    var context: String?

    @Option(help: "The kubeconfig's cluster to use.")
    var cluster: String?

    @Option(help: "The kubeconfig's user to use.")
    var user: String?

    @Option(name: [.customShort("n"), .long], help: "The namespace to start in.")
    var namespace: String?

    @Flag(name: [.customShort("A"), .long], help: "All namespaces.")
    var allNamespaces = false

    @Option(name: .customLong("as"), help: "The user to act as.")
    var impersonatedUser: String?

    @Option(name: .customLong("as-group"), help: "A group to act as; may be given several times.")
    var impersonatedGroups: [String] = []

    @Option(help: "The API server's address.")
    var server: String?

    @Option(help: "A bearer token.")
    var token: String?

    @Option(
        help: ArgumentHelp("A file with the authorities that the server's certificate may come from.", valueName: "file"),
        completion: .file())
    var certificateAuthority: String?

    @Option(help: ArgumentHelp("A file with the user's certificate.", valueName: "file"), completion: .file())
    var clientCertificate: String?

    @Option(help: ArgumentHelp("A file with the key of the user's certificate.", valueName: "file"), completion: .file())
    var clientKey: String?

    @Option(
        help: ArgumentHelp("How long an answer may take before a request is given up: 30s, 1m; 0 is forever.", valueName: "duration"))
    var requestTimeout: RequestTimeout?

    @Flag(help: "Don't check the server's certificate. Anybody in between can then read and change everything.")
    var insecureSkipTlsVerify = false

    /// Whether the command line says which cluster is meant.
    var namesCluster: Bool {
        kubeconfig != nil || context != nil || cluster != nil || server != nil
    }

    func validate() throws {
        if insecureSkipTlsVerify, certificateAuthority != nil {
            throw ValidationError("--insecure-skip-tls-verify checks nothing: --certificate-authority doesn't go with it")
        }
        if simulation.scenario != nil, kubeconfig != nil || context != nil || server != nil {
            throw ValidationError("--sim starts a cluster of its own: --kubeconfig, --context and --server don't go with it")
        }
        if allNamespaces, namespace != nil {
            throw ValidationError("-A means all namespaces: -n doesn't go with it")
        }
    }
}
