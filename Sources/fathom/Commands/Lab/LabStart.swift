import ArgumentParser
import Explorer
import Foundation
import Labs
import SimulatedClusterServer

struct LabStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start a lab: its cluster, and the explorer on it.",
        discussion: "The cluster lives as long as this command. Check, hint, reset and solution run in another terminal."
    )

    @Argument(help: "The lab's name.")
    var name: String

    @Flag(help: "Run the cluster alone, for kubectl and other clients.")
    var headless = false

    @Option(help: "The port to serve on; 0 takes a free one.")
    var port: UInt16 = 0

    @Option(help: "A colour theme: the name of a shipped or own one.")
    var theme: String?

    func run() async throws {
        if !headless { try Explore.requireTerminal() }
        let environment = ProcessInfo.processInfo.environment
        let lab = try LabCatalog(environment: environment).lab(named: name)
        let labRun = try LabState(environment: environment).begin(lab, processID: ProcessInfo.processInfo.processIdentifier)
        defer { labRun.end() }
        let host = try await SimulationHost.start(SimulationHost.Settings(lab: lab, port: Int(port)))
        let result: Result<Void, any Error>
        do {
            try KubeconfigFile(path: labRun.kubeconfigPath).write(host.server.kubeconfig)
            result = .success(try await work(on: lab, labRun, host))
        } catch {
            result = .failure(error)
        }
        await host.server.stop()
        try result.get()
    }

    private func work(on lab: Lab, _ labRun: LabRun, _ host: SimulationHost) async throws {
        printBrief(of: lab, labRun, host)
        guard !headless else { return await TerminationSignal.wait() }
        print("\nPress Enter to open the explorer on it.", terminator: "")
        fflush(nil)
        guard await Self.enterIsPressed() else { return }
        try await Explore.explore(try ChosenCluster(simulation: host)) { $0.theme = theme }
    }

    /// Reading blocks a thread, so it takes one of its own: the cluster lives on the others.
    /// - Returns: false at the end of the input.
    private static func enterIsPressed() async -> Bool {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: readLine() != nil) }
        }
    }

    private func printBrief(of lab: Lab, _ labRun: LabRun, _ host: SimulationHost) {
        print("\(lab.title)\n\n\(lab.brief)")
        for goal in lab.goals { print("  • \(goal)") }
        print("\nServing \(lab.name) on https://127.0.0.1:\(host.server.port). In another terminal:")
        print("  export KUBECONFIG=\(labRun.kubeconfigPath)")
        print("  fathom lab check | hint | reset | solution")
        if headless { print("Stop with Ctrl-C.") }
        fflush(nil)
    }
}

extension SimulationHost.Settings {
    init(lab: Lab, port: Int) {
        self.init(scenario: ParameterizedName(lab.scenario))
        faults = lab.faults.map { ParameterizedName($0.name, $0.parameters) }
        keepsScenarioFaults = false
        manifests = lab.manifests
        self.port = port
    }
}
