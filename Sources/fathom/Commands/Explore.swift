import ArgumentParser
import CursesTerminal
import Explorer
import Foundation
import KubernetesClient
import KubernetesModel

struct Explore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Explore a cluster in the terminal (what fathom does by itself).")

    @OptionGroup var options: ClusterOptions

    @Flag(help: "Offer nothing that changes the cluster.")
    var readonly = false

    @Option(help: "A colour theme: the name of a shipped or own one.")
    var theme: String?

    @Option(help: ArgumentHelp("A command to start with, such as \":pods kube-system\".", valueName: "command"))
    var command: String?

    func run() async throws {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw CommandFailure(
                "exploring needs a terminal. Without one, use `fathom troubleshoot`, `fathom lab`, or `fathom sim serve`", status: .wrongUsage
            )
        }
        let chosen = try await ChosenCluster.choose(options)
        let result: Result<Void, any Error>
        do {
            result = .success(try await explore(chosen))
        } catch {
            result = .failure(error)
        }
        await chosen.stop()
        do {
            try result.get()
        } catch let error as TerminalError {
            throw CommandFailure("\(error)", status: .wrongUsage)
        }
    }

    private func explore(_ chosen: ChosenCluster) async throws {
        var explorer = ExplorerOptions(
            configuration: chosen.configuration,
            contexts: chosen.contexts.map { ExplorerOptions.Context($0) },
            environment: ProcessInfo.processInfo.environment,
            configurationOfContext: chosen.configurationOfContext
        )
        explorer.command = command
        explorer.theme = theme
        explorer.isReadOnly = readonly
        explorer.guardLevel = chosen.simulation == nil ? nil : .open
        if options.allNamespaces { explorer.namespaces = .all }
        if let namespace = options.namespace { explorer.namespaces = .only([namespace]) }
        try await Explorer.run(explorer, now: { .wallClock })
    }
}

extension ExplorerOptions.Context {
    init(_ context: Kubeconfig.Context) {
        self.init(name: context.name, cluster: context.cluster, user: context.user, namespace: context.namespace ?? "default")
    }
}
