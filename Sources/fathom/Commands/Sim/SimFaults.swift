import ArgumentParser
import KubernetesModel
import SimulatedCluster

struct SimFaults: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults",
        abstract: "List what can be broken in a simulated cluster, and how."
    )

    @OptionGroup var output: OutputOption

    func run() throws {
        let faults = try FaultDefinition.builtInNames.map { try FaultDefinition.builtIn($0) }
        output.print(.array(faults.map(Self.json))) {
            for fault in faults {
                print("\(fault.id)  (\(fault.category))\n    \(fault.title)")
                for symptom in fault.symptoms { print("    shows as: \(symptom)") }
                for parameter in fault.parameters { print("    \(parameter.name)=\(parameter.standard)  \(parameter.title)") }
            }
            print("\nBreak a cluster with: fathom sim serve --fault NAME[:KEY=VALUE,…] --kubeconfig FILE")
        }
    }

    private static func json(_ fault: FaultDefinition) -> JSONValue {
        let parameters = fault.parameters.map { parameter -> JSONValue in
            ["name": .string(parameter.name), "title": .string(parameter.title), "default": .string("\(parameter.standard)")]
        }
        return [
            "id": .string(fault.id), "category": .string("\(fault.category)"), "title": .string(fault.title),
            "symptoms": .array(fault.symptoms.map { .string("\($0)") }), "parameters": .array(parameters),
        ]
    }
}
