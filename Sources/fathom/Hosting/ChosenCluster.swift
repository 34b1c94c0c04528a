import Foundation
import KubernetesClient
import SimulatedClusterServer

/// The cluster that a command is about: a simulated one that it starts, or one of the kubeconfig.
struct ChosenCluster {
    let configuration: ClusterConfiguration
    /// All of the kubeconfig's contexts, in its order.
    let contexts: [Kubeconfig.Context]
    /// Resolves another context, with the same overrides from the command line.
    let configurationOfContext: @Sendable (String) throws -> ClusterConfiguration
    /// The files of the kubeconfig; nil for a cluster that is in none.
    let kubeconfig: KubeconfigFiles?
    /// Nil unless the cluster runs in this process.
    let simulation: SimulationHost?

    private init(
        configuration: ClusterConfiguration, contexts: [Kubeconfig.Context],
        configurationOfContext: @escaping @Sendable (String) throws -> ClusterConfiguration,
        kubeconfig: KubeconfigFiles? = nil, simulation: SimulationHost?
    ) {
        self.configuration = configuration
        self.contexts = contexts
        self.configurationOfContext = configurationOfContext
        self.kubeconfig = kubeconfig
        self.simulation = simulation
    }

    /// Starts a simulated cluster when the options ask for one.
    /// - Throws: `KubeconfigError`, or `CommandFailure` when the simulated cluster doesn't start.
    static func choose(_ options: ClusterOptions) async throws -> ChosenCluster {
        if let scenario = options.simulation.scenario { return try await simulated(scenario, options.overrides) }
        let overrides = options.overrides
        let files = try KubeconfigFiles(path: options.kubeconfig)
        return ChosenCluster(
            configuration: try ClusterConfiguration.load(path: options.kubeconfig, overrides: overrides),
            contexts: files.current.contexts,
            configurationOfContext: { name in
                var overrides = overrides
                overrides.context = name
                return try files.current.configuration(overrides, environment: ProcessInfo.processInfo.environment)
            },
            kubeconfig: files,
            simulation: nil
        )
    }

    static func simulated(
        _ scenario: ParameterizedName, _ overrides: KubeconfigOverrides = KubeconfigOverrides()
    ) async throws -> ChosenCluster {
        try ChosenCluster(simulation: await SimulationHost.start(SimulationHost.Settings(scenario: scenario)), overrides)
    }

    /// The cluster that runs in this process.
    init(simulation host: SimulationHost, _ overrides: KubeconfigOverrides = KubeconfigOverrides()) throws {
        let kubeconfig = try Kubeconfig(text: host.server.kubeconfig, file: "the simulated cluster's kubeconfig")
        self.init(
            configuration: try kubeconfig.configuration(overrides),
            contexts: kubeconfig.contexts,
            configurationOfContext: { name in
                var overrides = overrides
                overrides.context = name
                return try kubeconfig.configuration(overrides)
            },
            simulation: host
        )
    }

    /// Ends the simulated cluster, if it is one.
    func stop() async {
        await simulation?.server.stop()
    }
}

extension ClusterOptions {
    var overrides: KubeconfigOverrides {
        var overrides = KubeconfigOverrides(
            context: context, cluster: cluster, user: user, namespace: namespace, impersonatedUser: impersonatedUser,
            impersonatedGroups: impersonatedGroups, server: server, token: token.map { Secret($0) },
            skipsTLSVerification: insecureSkipTlsVerify
        )
        overrides.certificateAuthority = certificateAuthority
        overrides.clientCertificate = clientCertificate
        overrides.clientKey = clientKey
        overrides.requestTimeout = requestTimeout?.duration
        return overrides
    }
}
