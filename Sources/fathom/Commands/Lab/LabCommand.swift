import ArgumentParser

struct LabCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Repair broken clusters.",
        subcommands: [LabList.self, LabStart.self, LabCheckCommand.self, LabHint.self, LabReset.self, LabSolution.self]
    )
}

/// The lab that a command is about.
struct LabChoice: ParsableArguments {
    @Argument(help: "The lab's name; the only one that runs if not given.")
    var name: String?
}
