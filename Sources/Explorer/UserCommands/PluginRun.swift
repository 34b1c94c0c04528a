import TextUI

/// One run of a plugin: ask for its inputs, then whether to do it, then do it.
final class PluginRun {
    private let plugin: Plugin
    private unowned let shell: Shell
    private var variables: CommandVariables

    init(_ plugin: Plugin, in shell: Shell) {
        self.plugin = plugin
        self.shell = shell
        variables = shell.variables
    }

    func start() {
        ask(plugin.inputs[...])
    }

    private func ask(_ inputs: ArraySlice<Plugin.Input>) {
        guard let input = inputs.first else { return confirm() }
        let answered = { [self] (answer: String) in
            variables["INPUT_\(input.name.uppercased())"] = answer
            ask(inputs.dropFirst())
        }
        switch input.kind {
        case .string, .number:
            let prompt = PromptLayer(
                label: "\(input.label): ", text: input.standard, shell: shell, suggestions: { _ in [] }, onSubmit: answered)
            prompt.validate = { input.problem(with: $0) }
            shell.compositor.push(prompt)
        case .bool, .dropdown:
            let options = input.kind == .bool ? ["true", "false"] : input.options
            let ordered = options.filter { $0 == input.standard } + options.filter { $0 != input.standard }
            shell.compositor.push(
                ChoiceLayer(title: input.label, choices: ordered.map { Choice(title: $0) }, shell: shell) { answered(ordered[$0]) })
        }
    }

    private func confirm() {
        do throws(PluginCommand.Refusal) {
            let command = try PluginCommand(plugin, variables)
            guard plugin.asks else { return run(command) }
            let question = ConfirmationLayer.Question(title: plugin.description, text: ["Run it?"], requests: [command.text], verb: "Run")
            shell.compositor.push(ConfirmationLayer(question, shell: shell) { [self] _ in run(command) })
        } catch {
            shell.report(error, after: "Can't run \(plugin.id): ")
        }
    }

    private func run(_ command: PluginCommand) {
        let (plugin, shell) = (plugin, shell)
        shell.work.run {
            if plugin.runsInBackground || plugin.showsOutput {
                if plugin.runsInBackground {
                    shell.report(.info, "\(plugin.description) runs; :programs shows how it ends and what it writes")
                }
                let end = await shell.programs.run(command, called: plugin.description, now: shell.now())
                Self.report(end.status, of: plugin, plugin.showsOutput || end.status != 0 ? end.output : "", in: shell)
            } else if let terminal = shell.terminalAccess {
                Self.report(await terminal.run("/usr/bin/env", command.words), of: plugin, "", in: shell)
            }
        }
    }

    private static func report(_ status: Int32, of plugin: Plugin, _ output: String, in shell: Shell) {
        let lines = output.split(separator: "\n").map { String($0) }
        // K9s's convention: lines marked so are for the person.
        let marked = lines.filter { $0.hasPrefix("[output]") }.map { $0.dropFirst(8).drop { $0 == " " } }
        let text = marked.isEmpty ? lines.last.map { ": \($0)" } ?? "" : ": " + marked.joined(separator: " ")
        let failure = status == 127 ? "\(plugin.command) is not found" : "failed with status \(status)"
        let end = plugin.description + (status == 0 ? " is done" : status == 127 ? ": \(failure)" : " \(failure)")
        if status != 0 || plugin.runsInBackground || plugin.showsOutput {
            shell.report(status == 0 ? .info : .error, end + text, logged: end)
        }
    }
}

extension Plugin.Input {
    /// Why an answer can't be taken; nil where it can.
    fileprivate func problem(with answer: String) -> String? {
        if answer.isEmpty { return isRequired ? "needed" : nil }
        return kind == .number && Double(answer) == nil ? "this is no number" : nil
    }
}
