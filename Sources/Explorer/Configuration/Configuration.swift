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

    /// The command with what its first word stands for in place of it, and so on while that is an alias too. One that comes round to
    /// itself stands for nothing.
    func expandingAlias(of command: String) -> String {
        var (expanded, seen) = (command, Set<String>())
        while true {
            let words = expanded.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            guard let name = words.first?.lowercased(), let meaning = aliases[name] ?? Self.standardAliases[name] else { return expanded }
            // `pods: pods -l app=web` means the resource.
            guard seen.insert(name).inserted else { return command }
            expanded = ([meaning] + words.dropFirst().map(String.init)).joined(separator: " ")
            if meaning.split(separator: " ").first?.lowercased() == name { return expanded }
        }
    }

    /// A sentence for each alias that comes round to itself by way of others.
    var aliasProblems: [String] {
        aliases.keys.sorted().compactMap { name in
            var way = [name]
            while let next = way.last.flatMap({ aliases[$0] })?.split(separator: " ").first?.lowercased(), aliases[next] != nil {
                if next == name {
                    return way.count == 1 ? nil : "aliases.yaml: \((way + [next]).joined(separator: " → ")) goes round in a circle"
                }
                if way.contains(next) { return nil }
                way.append(next)
            }
            return nil
        }
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
