import ArgumentParser
import Foundation
import Labs

struct LabList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the labs there are.")

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let catalog = LabCatalog(environment: environment)
        let running = Set(try LabState(environment: environment).running.map(\.lab))
        let width = catalog.names.map(\.count).max() ?? 0
        for name in catalog.names {
            let padded = name.padding(toLength: width, withPad: " ", startingAt: 0)
            do {
                let lab = try catalog.lab(named: name)
                print("\(padded)  \(lab.level), \(lab.minutes) min  \(lab.title)\(running.contains(name) ? "  (running)" : "")")
            } catch {
                print("\(padded)  can't be read: \(error)")
            }
        }
    }
}
