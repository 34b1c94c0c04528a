import ArgumentParser
import Foundation
import KubernetesModel
import Labs

struct LabSolution: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solution", abstract: "Show how a lab is solved; of one that runs, it costs points.")

    @OptionGroup var choice: LabChoice
    @OptionGroup var output: OutputOption

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let state = try LabState(environment: environment)
        let name = try choice.name ?? state.run(named: nil).lab
        let lab = try LabCatalog(environment: environment).lab(named: name)
        if var run = state.running.first(where: { $0.lab == name }) { try run.readSolution() }
        output.print(["lab": .string(lab.name), "solution": .string(lab.solution)]) { print(lab.solution) }
    }
}
