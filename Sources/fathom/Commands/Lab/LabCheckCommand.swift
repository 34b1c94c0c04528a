import ArgumentParser
import KubernetesClient
import Labs

struct LabCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check how far a lab is.",
        discussion: "Exit status: 0 solved, 1 not yet."
    )

    @OptionGroup var choice: LabChoice

    func run() async throws {
        let running = try RunningLab(choice)
        let report = try await running.withClient { client in
            await LabChecker(client).check(running.lab, help: running.run.help)
        }
        print(report.text, terminator: "")
        if !report.isSolved { throw ExitCode(1) }
    }
}
