import ArgumentParser
import CursesTerminal
import Explorer
import Foundation
import KubernetesClient
import KubernetesModel
import ResourceTables

struct Explore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Explore a cluster in the terminal (what fathom does by itself).")

    @OptionGroup var options: ClusterOptions

    @Flag(help: "Offer nothing that changes the cluster.")
    var readonly = false

    @Option(help: "A colour theme: the name of a shipped or own one.")
    var theme: String?

    @Option(
        name: [.customShort("c"), .long],
        help: ArgumentHelp("A command to start with, such as \":pods kube-system\".", valueName: "command"))
    var command: String?

    @Option(help: "How much is written to the log: debug, info, warn or error.")
    var logLevel: MessageLog.Level?

    @Option(help: ArgumentHelp("The file of the log; without --log-level it gets info.", valueName: "file"), completion: .file())
    var logFile: String?

    func run() async throws {
        try Self.requireTerminal()
        guard let chosen = try await chooseCluster() else { return }
        let result: Result<Void, any Error>
        do {
            result = .success(try await Self.explore(chosen, adjusting: adjust))
        } catch {
            result = .failure(error)
        }
        await chosen.stop()
        try result.get()
    }

    /// Nil when there is no cluster, and the person doesn't want the simulated one either.
    private func chooseCluster() async throws -> ChosenCluster? {
        do {
            return try await ChosenCluster.choose(options)
        } catch let error as KubeconfigError where !options.namesCluster {
            let environment = ProcessInfo.processInfo.environment
            guard try await Explorer.offersSimulation(because: "\(error)", theme: theme, environment: environment) else { return nil }
            return try await ChosenCluster.simulated(ParameterizedName(SimulationOptions.defaultScenario))
        }
    }

    private func adjust(_ explorer: inout ExplorerOptions) {
        explorer.command = command
        explorer.theme = theme
        explorer.isReadOnly = readonly
        explorer.log = log
        if options.allNamespaces { explorer.namespaces = .all }
        if let namespace = options.namespace { explorer.namespaces = .only([namespace]) }
    }

    /// Nil unless one of the options asks for a log.
    private var log: MessageLog.Settings? {
        guard logLevel != nil || logFile != nil else { return nil }
        let state = UserFolders(environment: ProcessInfo.processInfo.environment).state ?? "."
        return .init(path: logFile ?? "\(state)/fathom/fathom.log", level: logLevel ?? .info)
    }

    static func requireTerminal() throws {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw CommandFailure(
                "exploring needs a terminal. Without one, use `fathom troubleshoot`, `fathom lab`, or `fathom sim serve`",
                status: .wrongUsage
            )
        }
    }

    /// Opens the explorer on a cluster until the person leaves.
    static func explore(_ chosen: ChosenCluster, adjusting adjust: (inout ExplorerOptions) -> Void) async throws {
        var explorer = ExplorerOptions(
            configuration: chosen.configuration,
            contexts: chosen.contexts.map { ExplorerOptions.Context($0) },
            environment: ProcessInfo.processInfo.environment,
            configurationOfContext: chosen.configurationOfContext
        )
        if let files = chosen.kubeconfig {
            explorer.fileOfContext = { files.current.file(ofContext: $0) }
            explorer.changedContexts = { try files.changed()?.contexts.map { ExplorerOptions.Context($0) } }
        }
        // Nothing in a simulated cluster can do harm.
        if chosen.simulation != nil { explorer.guardLevel = .open }
        adjust(&explorer)
        try await Explorer.run(explorer, now: { .wallClock })
    }
}

extension ExplorerOptions.Context {
    init(_ context: Kubeconfig.Context) {
        self.init(name: context.name, cluster: context.cluster, user: context.user, namespace: context.namespace ?? "default")
    }
}

extension MessageLog.Level: ExpressibleByArgument {}
