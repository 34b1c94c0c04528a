package import KubernetesClient
package import KubernetesModel
package import ResourceTables

/// One cluster being explored as one user: the client, and what is known of the cluster so far.
package final class ClusterSession {
    package let configuration: ClusterConfiguration
    package let client: ClusterClient
    /// What guards the context, and what says so.
    private(set) var contextGuard: ContextGuard
    private let chosenGuard: GuardLevel?
    /// What the person has set for this context.
    package var settings = Configuration() {
        didSet {
            favourites.chosen = settings.favourites
            favourites.isLocked = settings.locksFavourites ?? false
            contextGuard = ContextGuard(ofContext: contextName, chosen: chosenGuard, settings: settings)
        }
    }
    var favourites = FavouriteNamespaces()
    /// What the server serves; Kubernetes's own resources until it has told.
    package var catalog = ResourceCatalog.builtIn
    /// `v1.36.2`; nil until the server has told.
    package var serverVersion: String?
    /// What the views opened without a namespace show.
    package var namespaces: NamespaceChoice
    package var connection = ConnectionState.connecting
    /// When it was last asked what it serves.
    var discovered: Instant?
    /// Names of the cluster's namespaces, sorted; empty until known, or where they may not be listed.
    package var namespaceNames: [String] = []
    package var nodes: (ready: Int, total: Int)?
    /// The last version that watching has told of.
    var revision = ""
    /// How tables and tallies follow resources: through the client, unless a test prepares what they see.
    package var reflect: (ReflectorScope) -> ReflectorStream
    let metrics = MetricsWatch()
    let undo = UndoLog()
    let warnings = WriteWarnings()
    let seen = SeenObjects()
    let whyWatch = WhyWatch()
    let rights: AccessRights
    let forwards: PortForwards
    let drains = DrainRuns()
    let nodeShells = NodeShells()
    /// What ends with the session: what `startWatching` began, and looks at repairs.
    var watching: [Task<Void, Never>] = []

    /// - Parameter guardLevel: nil leaves it to the person's settings and the context's name.
    package init(_ configuration: ClusterConfiguration, guardLevel: GuardLevel?, namespaces: NamespaceChoice) {
        self.configuration = configuration
        chosenGuard = guardLevel
        contextGuard = ContextGuard(ofContext: configuration.names.contextOrCluster, chosen: guardLevel, settings: Configuration())
        self.namespaces = namespaces
        let client = ClusterClient(configuration) { [warnings] in warnings.add($0) }
        self.client = client
        rights = AccessRights(client)
        forwards = PortForwards(client)
        reflect = { client.reflect($0) }
    }

    package var guardLevel: GuardLevel { contextGuard.level }
    package var contextName: String { configuration.names.contextOrCluster }

    /// Since when what has not been told yet may be otherwise: of a cluster that is lost, since it answered last.
    func lastContact(at now: Instant) -> Instant {
        if case .lost(let since, _) = connection { since } else { now }
    }

    /// How far what was told can be trusted now: of a cluster that is lost nothing is known since it was heard last. The age is the header's.
    func trusted(_ state: TableState, at now: Instant) -> TableState {
        guard case .lost(let since, let reason) = connection, !hasSpoken(since: since, now) else { return state }
        return switch state {
        case .live: .stale(since: since, reason: reason)
        case .stale(_, let own): .stale(since: since, reason: own)
        case .loading, .forbidden, .notServed: state
        }
    }

    /// Whether anything has come after all: what watches have lost, others may have kept.
    private func hasSpoken(since: Instant, _ now: Instant) -> Bool {
        guard let silence = client.silence else { return false }
        return now - silence > since + .seconds(1)
    }

    /// Whether the cluster has told its namespaces and this is none of them: a slip of the finger, most of the time.
    func lacks(_ namespace: String) -> Bool {
        !connection.isLost && !namespaceNames.isEmpty && !namespaceNames.contains(namespace)
    }

    /// The namespaces to which the keys 1–9 lead: the favourites, then the one to start in, then the others by name.
    package var favouriteNamespaces: [String] {
        var names = favourites.names
        // Every frame shows them: of thousands of namespaces only the first are looked at.
        for name in [[configuration.namespace], namespaceNames].joined() {
            guard names.count < FavouriteNamespaces.most else { break }
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}

nonisolated extension ClusterSession: Hashable {
    package static func == (left: ClusterSession, right: ClusterSession) -> Bool { left === right }
    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Whether what is on the screen is what is in the cluster.
package enum ConnectionState: Sendable, Hashable {
    case connecting
    case live
    /// Nothing has come since, as far as is known; the reason is a sentence.
    case lost(since: Instant, reason: String)

    var isLost: Bool {
        if case .lost = self { true } else { false }
    }
}

extension ClusterConfiguration.Names {
    /// What a person knows the cluster by.
    fileprivate var contextOrCluster: String { context.isEmpty ? cluster : context }
}
