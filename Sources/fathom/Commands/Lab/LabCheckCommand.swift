import ArgumentParser
import KubernetesClient
import KubernetesModel
import Labs

struct LabCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check how far a lab is.",
        discussion: "Exit status: 0 solved, 1 not yet."
    )

    @OptionGroup var choice: LabChoice
    @OptionGroup var output: OutputOption

    func run() async throws {
        let running = try RunningLab(choice)
        let report = try await running.withClient { client in
            await LabChecker(client).check(running.lab, help: running.run.help)
        }
        output.print(Self.json(report)) { print(report.text, terminator: "") }
        if !report.isSolved { throw ExitCode(1) }
    }

    private static func json(_ report: LabReport) -> JSONValue {
        [
            "lab": .string(report.lab), "solved": .bool(report.isSolved), "score": JSONValue(report.score),
            "checks": .array(report.checks.map(json)), "violations": .array(report.violations.map(JSONValue.string)),
        ]
    }

    private static func json(_ check: LabReport.Result) -> JSONValue {
        let (outcome, reason): (String, String?) =
            switch check.outcome {
            case .holds: ("holds", nil)
            case .fails(let reason): ("fails", reason)
            case .unknown(let reason): ("unknown", reason)
            }
        return ["says": .string(check.says), "outcome": .string(outcome), "reason": reason.map(JSONValue.string) ?? .null]
    }
}
