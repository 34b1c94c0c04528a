import KubernetesModel
import ResourceTables

/// The namespaces to which the keys 1–9 lead: those that a person has set, then those they went to, the newest first. As in K9s a
/// namespace that has a key keeps it.
struct FavouriteNamespaces: Sendable, Hashable {
    static let most = 9

    /// Set in `config.yaml`.
    var chosen: [String] = []
    /// Whether others come in by going there.
    var isLocked = false
    private(set) var visited: [String] = []

    init() {}

    /// As `json` wrote it.
    init(_ json: JSONValue?) {
        visited = json?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    var json: JSONValue { .array(visited.map(JSONValue.string)) }

    var names: [String] {
        Array((chosen + (isLocked ? [] : visited.filter { !chosen.contains($0) })).prefix(Self.most))
    }

    mutating func visit(_ namespace: String) {
        guard !isLocked, !names.contains(namespace) else { return }
        visited = Array(([namespace] + visited.filter { $0 != namespace }).prefix(Self.most))
    }

    /// What one went to before it was known that it is not there, or has gone since.
    mutating func forget(allBut names: [String]) {
        visited.removeAll { !names.contains($0) }
    }
}

extension Shell {
    /// Looks at other namespaces from now on; a single one becomes a favourite.
    func use(_ namespaces: NamespaceChoice, in session: ClusterSession) {
        session.namespaces = namespaces
        if let name = namespaces.single { changeFavourites(of: session) { $0.visit(name) } }
    }

    func changeFavourites(of session: ClusterSession, _ change: (inout FavouriteNamespaces) -> Void) {
        let before = session.favourites
        change(&session.favourites)
        if session.favourites != before { memory(of: session).keep(session.favourites.json, as: .namespaces) }
    }

    /// Why a command can't be about these namespaces: the first that none of the clusters has.
    func obstacle(_ namespaces: NamespaceChoice?, in sessions: [ClusterSession]) -> String? {
        guard case .only(let names)? = namespaces else { return nil }
        return names.first { name in sessions.allSatisfy { $0.lacks(name) } }.map { "There is no namespace \($0)" }
    }

    func memory(of session: ClusterSession) -> ContextMemory {
        ContextMemory(options.environment, context: session.contextName)
    }
}
