import ArgumentParser

/// A scenario or fault with its parameters, as the command line writes it: `NAME` or `NAME:KEY=VALUE,KEY=VALUE`.
struct ParameterizedName: ExpressibleByArgument, Sendable, Hashable {
    let name: String
    let parameters: [String: String]

    init(_ name: String, _ parameters: [String: String] = [:]) {
        self.name = name
        self.parameters = parameters
    }

    /// Nil when a parameter has no value, or the name is missing.
    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        for pair in parts.count == 2 ? parts[1].split(separator: ",") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].isEmpty else { return nil }
            parameters[String(sides[0])] = String(sides[1])
        }
        self.init(String(name), parameters)
    }

    var defaultValueDescription: String { name }
}
