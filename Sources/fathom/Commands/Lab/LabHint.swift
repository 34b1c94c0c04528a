import ArgumentParser
import KubernetesModel
import Labs

struct LabHint: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hint", abstract: "Take the next hint of a lab; each costs points.")

    @OptionGroup var choice: LabChoice
    @OptionGroup var output: OutputOption

    func run() throws {
        var running = try RunningLab(choice)
        let lab = running.lab
        let hint = try running.run.nextHint(of: lab)
        let number = hint.map { JSONValue($0.number) } ?? .null
        let text = hint.map { JSONValue.string($0.text) } ?? .null
        output.print(["lab": .string(lab.name), "number": number, "of": JSONValue(lab.hints.count), "hint": text]) {
            print(hint.map { "Hint \($0.number) of \(lab.hints.count): \($0.text)" } ?? "\(lab.name) has no hints.")
        }
    }
}
