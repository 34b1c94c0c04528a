import ArgumentParser
import Explorer
import Foundation
import KubernetesModel

struct ImportK9s: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-k9s",
        abstract: "Take over the settings, aliases, hotkeys, plugins, views, jumps and skins of K9s.",
        discussion: "Nothing of K9s's is changed, and no file that Fathom has already is replaced."
    )

    @Option(help: "K9s's configuration folder, where it is not in its usual place.")
    var from: String?

    @OptionGroup var output: OutputOption

    @MainActor
    func run() async throws {
        guard let importing = K9sImport(environment: ProcessInfo.processInfo.environment, folder: from) else {
            throw ValidationError("There is nowhere to take them to: HOME and XDG_CONFIG_HOME are not set.")
        }
        let steps = importing.run()
        output.print(.array(steps.map(Self.json))) {
            if steps.isEmpty { print("Nothing of K9s's was found in \(importing.sources.joined(separator: " and ")).") }
            for step in steps { print(Self.text(step)) }
        }
        if steps.contains(where: { if case .failed = $0.outcome { true } else { false } }) { throw ExitCode(1) }
    }

    @MainActor
    private static func json(_ step: K9sImport.Step) -> JSONValue {
        var json: JSONObject = ["source": .string(step.source), "destination": .string(step.destination)]
        switch step.outcome {
        case .taken: json["outcome"] = "taken"
        case .kept: json["outcome"] = "kept"
        case .empty: json["outcome"] = "empty"
        case .failed(let reason):
            json["outcome"] = "failed"
            json["reason"] = .string(reason)
        }
        json["problems"] = .array(step.problems.map(JSONValue.string))
        return .object(json)
    }

    @MainActor
    private static func text(_ step: K9sImport.Step) -> String {
        let line =
            switch step.outcome {
            case .taken: "taken   \(step.destination)"
            case .kept: "kept    \(step.destination): it is there already"
            case .empty: "left    \(step.source): nothing in it means something here"
            case .failed(let reason): "failed  \(step.source): \(reason)"
            }
        return ([line] + step.problems.map { "        \($0)" }).joined(separator: "\n")
    }
}
