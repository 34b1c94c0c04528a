import ArgumentParser
import Foundation
import Labs

struct LabSolution: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "solution", abstract: "Show how a lab is solved.")

    @OptionGroup var choice: LabChoice

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let name = try choice.name ?? LabState(environment: environment).run(named: nil).lab
        print(try LabCatalog(environment: environment).lab(named: name).solution)
    }
}
