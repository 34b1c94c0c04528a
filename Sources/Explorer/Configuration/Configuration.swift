import TextUI

/// What a context begins with.
enum StartView: String, CaseIterable, Sendable {
    case overview, last
}

/// What a person has set for the explorer.
package struct Configuration: Sendable, Hashable {
    package var theme: String?
    package var usesMouse: Bool?
    package var isReadOnly: Bool?
    var startView: StartView?
    /// Namespaces for the keys 1–9.
    var favourites: [String] = []
    var locksFavourites: Bool?
    /// Names of extended resources that are graphics processors, by vendor.
    var gpuVendors: [String: String] = [:]
    /// Whether shells on nodes are offered; nil leaves it to the guard.
    package var hasNodeShell: Bool?
    /// Nil is as `NodeShellSettings` has it.
    var ownNodeShell: NodeShellSettings?
    package var keys = KeyOverrides()
    /// Commands by the names given to them.
    package var aliases: [String: String] = [:]
    package var hotKeys: [HotKey] = []
    package var plugins: [Plugin] = []
    /// In the order of the file.
    var views: [ViewSettings] = []
    /// In the order of the file.
    var jumps: [Jump] = []
    /// In the order of the file: the first that is about a context counts.
    var guards: [GuardRule] = []

    package init() {}

    var nodeShell: NodeShellSettings { ownNodeShell ?? NodeShellSettings() }

    /// The command with what its first word stands for in place of it. An alias of an alias is none.
    func expandingAlias(of command: String) -> String {
        let words = command.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        guard let name = words.first?.lowercased(), let meaning = aliases[name] ?? Self.standardAliases[name] else { return command }
        return ([meaning] + words.dropFirst().map(String.init)).joined(separator: " ")
    }

    /// Those that K9s comes with and that are no names of the API's own.
    private static let standardAliases = [
        "dp": "deployments", "sec": "secrets", "jo": "jobs", "cr": "clusterroles", "crb": "clusterrolebindings", "ro": "roles",
        "rb": "rolebindings",
        "np": "networkpolicies",
    ]

    /// What is set for a context counts before what is set in general.
    func overridden(by other: Configuration) -> Configuration {
        var merged = self
        merged.theme = other.theme ?? theme
        merged.usesMouse = other.usesMouse ?? usesMouse
        merged.isReadOnly = other.isReadOnly ?? isReadOnly
        merged.startView = other.startView ?? startView
        merged.favourites = other.favourites.isEmpty ? favourites : other.favourites
        merged.locksFavourites = other.locksFavourites ?? locksFavourites
        merged.gpuVendors.merge(other.gpuVendors) { $1 }
        merged.hasNodeShell = other.hasNodeShell ?? hasNodeShell
        merged.ownNodeShell = other.ownNodeShell ?? ownNodeShell
        merged.keys.merge(other.keys)
        merged.aliases.merge(other.aliases) { $1 }
        merged.views = other.views + views
        merged.jumps = other.jumps + jumps
        merged.guards = other.guards + guards
        merged.hotKeys = hotKeys.filter { old in !other.hotKeys.contains { $0.id == old.id } } + other.hotKeys
        merged.plugins = plugins.filter { old in !other.plugins.contains { $0.id == old.id } } + other.plugins
        return merged
    }
}
