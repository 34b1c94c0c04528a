import ArgumentParser
import SimulatedCluster

struct SimFaults: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults",
        abstract: "List what can be broken in a simulated cluster, and how."
    )

    func run() throws {
        for name in FaultDefinition.builtInNames {
            let fault = try FaultDefinition.builtIn(name)
            print("\(fault.id)  (\(fault.category))\n    \(fault.title)")
            for symptom in fault.symptoms { print("    shows as: \(symptom)") }
            for parameter in fault.parameters { print("    \(parameter.name)=\(parameter.standard)  \(parameter.title)") }
        }
        print("\nBreak a cluster with: fathom sim serve --fault NAME[:KEY=VALUE,…] --kubeconfig FILE")
    }
}
