import ArgumentParser

/// The command: it parses arguments and wires modules together, nothing else.
@main
struct Fathom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fathom",
        abstract: "Explore a Kubernetes cluster, and find out why something in it is broken.",
        discussion: """
            Without a subcommand, Fathom explores the current context of your kubeconfig; with --sim, a simulated cluster.

            Exit status: 64 wrong usage, 69 the cluster can't be reached.
            """,
        version: "fathom 0.1.0",
        subcommands: [Explore.self, Troubleshoot.self, LabCommand.self, Sim.self, ImportK9s.self, Completion.self, Info.self],
        defaultSubcommand: Explore.self
    )

    static func main() async {
        do {
            var command = try parseAsRoot(OptionalValues.filledIn(Array(CommandLine.arguments.dropFirst())))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: FailureExit.of(error))
        }
    }
}

/// Options whose value may be left out: the argument parser would take the next word for it.
enum OptionalValues {
    static func filledIn(_ arguments: [String]) -> [String] {
        arguments.map { $0 == "--sim" ? "--sim=\(SimulationOptions.defaultScenario)" : $0 }
    }
}
