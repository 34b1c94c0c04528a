import ArgumentParser
import Explorer
import Foundation
import KubernetesClient
import KubernetesModel
import SimulatedClusterServer

/// What `fathom` does without a subcommand: it opens the explorer.
struct Explore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Explore a cluster (what fathom does without a subcommand).")

    @OptionGroup(title: "Cluster")
    var cluster: ClusterOptions

    @Option(help: ArgumentHelp("Open this first, as the prompt would: \":pods kube-system\".", valueName: "command"))
    var command: String?

    @Option(help: "The theme: one of those shipped (dark, light, high-contrast, colour-blind, mono) or of your themes folder.")
    var theme: String?

    @Flag(help: "Change nothing in the cluster, whatever key is pressed.")
    var readonly = false

    func run() async throws {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw CommandFailure(
                "exploring needs a terminal; without one there are fathom troubleshoot, fathom sim serve, fathom lab and fathom info",
                status: .wrongUsage
            )
        }
        if let scenario = cluster.simulation.scenario {
            try await exploreSimulation(scenario)
        } else {
            try await explore(try cluster.loadedKubeconfig())
        }
    }

    private func exploreSimulation(_ scenario: String) async throws {
        let host = try await SimulationHost.start(SimulationHost.Settings(scenario: scenario))
        let kubeconfig = try Kubeconfig(text: host.server.kubeconfig, file: "simulated cluster")
        let result = await Task { try await explore(kubeconfig, guardLevel: .open) }.result
        await host.server.stop()
        try result.get()
    }

    private func explore(_ kubeconfig: Kubeconfig, guardLevel: GuardLevel? = nil) async throws {
        let overrides = cluster.overrides
        let environment = ProcessInfo.processInfo.environment
        var options = ExplorerOptions(
            configuration: try kubeconfig.configuration(overrides, environment: environment),
            contexts: kubeconfig.contexts.map {
                .init(name: $0.name, cluster: $0.cluster, user: $0.user, namespace: $0.namespace ?? "default")
            },
            environment: environment
        ) { name in
            var other = overrides
            other.context = name
            return try kubeconfig.configuration(other, environment: environment)
        }
        options.command = command
        options.theme = theme
        options.isReadOnly = readonly
        options.guardLevel = guardLevel
        options.namespaces = cluster.allNamespaces ? .all : cluster.namespace.map { .only([$0]) }
        try await Explorer.run(options, now: { .wallClock })
    }
}

extension ClusterOptions {
    var overrides: KubeconfigOverrides {
        KubeconfigOverrides(
            context: context, cluster: cluster, user: user, namespace: namespace, impersonatedUser: impersonatedUser,
            impersonatedGroups: impersonatedGroups, server: server, token: token.map { Secret($0) },
            skipsTLSVerification: insecureSkipTlsVerify
        )
    }

    func loadedKubeconfig() throws -> Kubeconfig {
        try Kubeconfig.load(path: kubeconfig)
    }
}
