import ArgumentParser
import Labs

struct LabHint: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hint", abstract: "Take the next hint of a lab; each costs points.")

    @OptionGroup var choice: LabChoice

    func run() throws {
        var running = try RunningLab(choice)
        guard let hint = try running.run.nextHint(of: running.lab) else {
            print("\(running.lab.name) has no hints.")
            return
        }
        print("Hint \(hint.number) of \(running.lab.hints.count): \(hint.text)")
    }
}
