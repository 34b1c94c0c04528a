import ArgumentParser

struct Sim: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a simulated cluster for kubectl and other clients.",
        subcommands: [SimServe.self, SimFaults.self]
    )
}
