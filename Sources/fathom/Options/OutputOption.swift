import ArgumentParser
import KubernetesModel

/// How a command that draws nothing prints what it has to say.
struct OutputOption: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(name: [.customShort("o"), .customLong("output")], help: "The form of what is printed.")
    var format = Format.text

    /// Prints the JSON where that is asked for, else does what prints the text.
    func print(_ json: @autoclosure () -> JSONValue, text: () throws -> Void) rethrows {
        switch format {
        case .json: Swift.print(VisibleText.json(String(decoding: JSONWriter.indented(json()), as: UTF8.self)))
        case .text: try text()
        }
    }
}
