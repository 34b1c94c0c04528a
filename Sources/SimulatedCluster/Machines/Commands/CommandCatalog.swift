/// The commands of the shell image: each name makes a program from its words.
enum CommandCatalog {
    private static let directories: Set<String> = ["bin", "sbin", "usr/bin", "usr/sbin"]

    /// Whether the image has a command of this name, or at this path.
    static func knows(_ command: String) -> Bool {
        guard let name = name(of: command) else { return false }
        return programs[name] != nil || ShellTools.all[name] != nil
    }

    /// Nil when there is no such command.
    static func program(_ words: [String]) -> (any Program)? {
        guard let first = words.first, let name = name(of: first) else { return nil }
        if let make = programs[name] { return make(words) }
        return ShellTools.all[name].map { ToolProgram(tool: $0, arguments: Array(words.dropFirst())) }
    }

    private static let programs: [String: @Sendable ([String]) -> (any Program)?] = [
        "sh": { ShellProgram(words: $0) }, "ash": { ShellProgram(words: $0) }, "bash": { ShellProgram(words: $0) },
        "busybox": { $0.count > 1 ? program(Array($0.dropFirst())) : nil },
        "env": { words in
            let command = Array(words.dropFirst().drop { $0.contains("=") })
            return command.isEmpty ? ShellTools.all["env"].map { ToolProgram(tool: $0, arguments: []) } : EnvProgram(words: words)
        },
        "cat": { CopyProgram(tool: "cat", files: $0.dropFirst().filter { !$0.hasPrefix("-") || $0 == "-" }) },
        "head": { HeadBytes($0).map { CopyProgram(tool: "head", files: $0.files, limit: $0.count) } ?? HeadLines($0) ?? tool("head", $0) },
        "xargs": { XargsProgram(words: $0) }, "timeout": { TimeoutProgram(words: $0) },
        "yes": { LinesProgram(words: $0) }, "seq": { LinesProgram(words: $0) },
        "dd": { BlockCopy(Array($0.dropFirst())).isEndless ? BusyProgram() : tool("dd", $0) },
        "sleep": { SleepProgram(words: $0) }, "tar": { TarProgram(words: $0) },
        "find": { FindProgram(words: $0) },
        "httpd": { WebTool(words: $0) }, "kill": { KillProgram(words: $0) }, "ping": { PingProgram(words: $0) },
        "nslookup": network, "dig": network, "getent": network, "wget": network, "curl": network, "nc": network,
    ]

    private static let network: @Sendable ([String]) -> (any Program)? = { NetworkProgram(words: $0) }

    private static func tool(_ name: String, _ words: [String]) -> (any Program)? {
        ShellTools.all[name].map { ToolProgram(tool: $0, arguments: Array(words.dropFirst())) }
    }

    private static func name(of command: String) -> String? {
        guard command.contains("/") else { return command.isEmpty ? nil : command }
        let parts = command.split(separator: "/").map(String.init)
        return directories.contains(parts.dropLast().joined(separator: "/")) ? parts.last : nil
    }
}
