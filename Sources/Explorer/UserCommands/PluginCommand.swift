import Troubleshooting

/// A plugin's program with its arguments, the values of an object filled in.
struct PluginCommand: Sendable, Hashable {
    /// Why the program is not run.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    let words: [String]

    /// - Throws: where a value from the cluster would become part of a script: it may hold anything, a shell would run it.
    init(_ plugin: Plugin, _ variables: CommandVariables) throws(Refusal) {
        let runsScript = Self.mayRunScripts([plugin.command] + plugin.arguments)
        var words = [plugin.command]
        for argument in plugin.arguments {
            words.append(try variables.substituted(argument) { (value) throws(Refusal) in runsScript ? try Self.harmless(value) : value })
        }
        if let word = words.first(where: CommandVariables.namesColumn) {
            throw Refusal(description: "\(word) names a column that this view doesn't have")
        }
        guard !plugin.pipes.isEmpty else {
            self.words = words
            return
        }
        var line = words.map(ShellWord.quoted).joined(separator: " ")
        for pipe in plugin.pipes {
            line += " | " + (try variables.substituted(pipe) { (value) throws(Refusal) in try Self.harmless(value) })
        }
        self.words = ["/bin/sh", "-c", line]
    }

    /// As a person would type it.
    var text: String { words.map(ShellWord.quoted).joined(separator: " ") }

    /// Programs that take words for commands, themselves or on another machine: as the command, or as what `env`, `sudo` or `xargs` runs.
    private static let interpreters: Set<String> = [
        "sh", "bash", "zsh", "dash", "ash", "ksh", "csh", "tcsh", "fish", "busybox", "ssh", "eval", "watch", "parallel", "perl", "python",
        "python3",
        "ruby", "node", "awk", "gawk", "sed", "tmux", "screen", "su", "script",
    ]

    private static func mayRunScripts(_ words: [String]) -> Bool {
        words.contains { interpreters.contains($0.split(separator: "/").last.map(String.init) ?? "") }
    }

    private static func harmless(_ value: String) throws(Refusal) -> String {
        let signs = "-._/:@,=+ "
        let isHarmless = value.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || signs.unicodeScalars.contains(scalar))
        }
        if isHarmless { return value }
        throw Refusal(description: "the plugin puts \(value.debugDescription) into a script, and a shell could take it for commands")
    }
}
