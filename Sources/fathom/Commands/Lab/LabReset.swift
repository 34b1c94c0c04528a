import ArgumentParser
import KubernetesClient
import KubernetesModel
import Labs

struct LabReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reset", abstract: "Bring a lab's cluster back to how it began.")

    @OptionGroup var choice: LabChoice
    @OptionGroup var output: OutputOption

    func run() async throws {
        var running = try RunningLab(choice)
        try await running.withClient { client in try await LabChecker(client).reset() }
        try running.run.reset()
        output.print(["lab": .string(running.lab.name), "reset": true]) { print("\(running.lab.name) starts over.") }
    }
}
