import Foundation

/// Where a person's own settings are: `$XDG_CONFIG_HOME/fathom`, else `~/.config/fathom`.
enum ConfigurationFolder {
    /// Nil where neither variable is set.
    static func url(_ environment: [String: String]) -> URL? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            return URL(filePath: base, directoryHint: .isDirectory).appending(path: "fathom")
        }
        return environment["HOME"].map { URL(filePath: $0, directoryHint: .isDirectory).appending(path: ".config/fathom") }
    }
}
