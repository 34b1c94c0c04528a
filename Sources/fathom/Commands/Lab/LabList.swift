import ArgumentParser
import Foundation
import KubernetesModel
import Labs

struct LabList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the labs there are.")

    @OptionGroup var output: OutputOption

    func run() throws {
        let environment = ProcessInfo.processInfo.environment
        let catalog = LabCatalog(environment: environment)
        let running = Set(try LabState(environment: environment).running.map(\.lab))
        let labs = catalog.names.map { name in
            (name: name, lab: Result<Lab, any Error>(catching: { try catalog.lab(named: name) }), isRunning: running.contains(name))
        }
        output.print(.array(labs.map { Self.json($0.name, $0.lab, $0.isRunning) })) {
            let width = catalog.names.map(\.count).max() ?? 0
            for (name, lab, isRunning) in labs {
                print(name.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + Self.text(lab, isRunning))
            }
        }
    }

    private static func text(_ lab: Result<Lab, any Error>, _ isRunning: Bool) -> String {
        switch lab {
        case .success(let lab): "\(lab.level), \(lab.minutes) min  \(lab.title)\(isRunning ? "  (running)" : "")"
        case .failure(let error): "can't be read: \(error)"
        }
    }

    private static func json(_ name: String, _ lab: Result<Lab, any Error>, _ isRunning: Bool) -> JSONValue {
        switch lab {
        case .success(let lab):
            [
                "name": .string(name), "title": .string(lab.title), "level": .string("\(lab.level)"), "minutes": JSONValue(lab.minutes),
                "running": .bool(isRunning),
            ]
        case .failure(let error): ["name": .string(name), "problem": .string("\(error)")]
        }
    }
}
