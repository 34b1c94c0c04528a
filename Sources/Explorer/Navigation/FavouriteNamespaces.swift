import KubernetesModel

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
}

extension Shell {
    /// Looks at other namespaces from now on; a single one becomes a favourite.
    func use(_ namespaces: NamespaceChoice, in session: ClusterSession) {
        session.namespaces = namespaces
        guard let name = namespaces.single else { return }
        let before = session.favourites
        session.favourites.visit(name)
        if session.favourites != before { memory(of: session).keep(session.favourites.json, as: .namespaces) }
    }

    func memory(of session: ClusterSession) -> ContextMemory {
        ContextMemory(options.environment, context: session.contextName)
    }
}
