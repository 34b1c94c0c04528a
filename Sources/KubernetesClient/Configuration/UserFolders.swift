/// Where a person's files are, as the XDG base directory specification says; nil where nothing tells.
package struct UserFolders: Sendable, Hashable {
    /// `~`.
    package let home: String?
    /// Settings: `$XDG_CONFIG_HOME`, else `~/.config`.
    package let configuration: String?
    /// What is remembered between runs: `$XDG_STATE_HOME`, else `~/.local/state`.
    package let state: String?

    package init(environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
        func folder(_ variable: String, _ standard: String) -> String? {
            // The specification: paths that are not absolute don't count.
            if let path = environment[variable], path.hasPrefix("/") { return path }
            return home.map { "\($0)/\(standard)" }
        }
        self.home = home
        configuration = folder("XDG_CONFIG_HOME", ".config")
        state = folder("XDG_STATE_HOME", ".local/state")
    }
}
