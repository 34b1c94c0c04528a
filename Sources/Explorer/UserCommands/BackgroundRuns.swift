import KubernetesModel
import TextUI

/// A person's own program that runs without the terminal, or did.
struct BackgroundRun {
    struct End {
        let status: Int32
        let output: String
    }

    /// Counted from the start of the program.
    let number: Int
    /// What its plugin is called.
    let title: String
    /// As a person would type it.
    let command: String
    let begin: Instant
    /// Nil while it runs.
    var end: End?

    /// How it stands, in a word or two.
    var verdict: (text: String, role: StyleRole) {
        switch end?.status {
        case nil: ("running", .statusAdded)
        case 0: ("done", .statusCompleted)
        case 127: ("not found", .statusError)
        case let status?: ("failed with status \(status)", .statusError)
        }
    }
}

/// The programs begun without the terminal since the start, whichever context they were about.
final class BackgroundRuns {
    /// Of those that have ended no more are kept: each with what it wrote.
    private static let most = 50

    /// The oldest first.
    private(set) var all: [BackgroundRun] = []
    private var latest = 0
    /// Told when one begins or ends.
    var listeners = Listeners()

    var running: Int { all.count { $0.end == nil } }

    /// Runs a program to its end.
    func run(_ command: PluginCommand, called title: String, now: Instant) async -> BackgroundRun.End {
        latest += 1
        let number = latest
        all.append(BackgroundRun(number: number, title: title, command: command.text, begin: now))
        listeners.tell()
        let (status, output) = await BackgroundProgram.run(command.words)
        let end = BackgroundRun.End(status: status, output: output)
        if let index = all.firstIndex(where: { $0.number == number }) { all[index].end = end }
        forgetOld()
        listeners.tell()
        return end
    }

    private func forgetOld() {
        while all.count > Self.most, let oldest = all.firstIndex(where: { $0.end != nil }) { all.remove(at: oldest) }
    }
}

extension Shell {
    /// `:programs`: what a person's plugins run without the terminal, and what they have written.
    func openPrograms() {
        let screen = ListScreen("programs", heading: "Programs", command: "programs", shell: self) { [unowned self] _ in
            let rows = programs.all.reversed().map { run in
                let (verdict, role) = run.verdict
                return ListScreen.Row(
                    cells: [run.title, verdict, "", run.command], times: [2: run.begin], role: role,
                    open: { [unowned self] in openOutput(of: run) })
            }
            return .init(titles: ["PROGRAM", "STATUS", "AGE", "COMMAND"], rows: rows, absence: "No plugin has run without the terminal.")
        }
        programs.listeners.add(screen) { [weak screen] in screen?.remake() }
        push(screen)
    }

    private func openOutput(of run: BackgroundRun) {
        guard let output = run.end?.output else { return report(.info, "It still runs: what it writes is shown when it has ended.") }
        guard !output.isEmpty else { return report(.info, "It has written nothing.") }
        push(PlainTextScreen(title: "output", heading: "Output of \(run.title)", text: output, shell: self))
    }
}
