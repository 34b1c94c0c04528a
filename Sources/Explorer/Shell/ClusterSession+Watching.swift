import KubernetesClient
import KubernetesModel

/// What is watched of a cluster whatever is on the screen: what it serves, its namespaces and nodes, and whether it answers.
extension ClusterSession {
    static func make(_ configuration: ClusterConfiguration, options: ExplorerOptions) -> ClusterSession {
        let standard = options.guardLevel ?? GuardLevel.standard(forContext: configuration.names.context)
        return ClusterSession(
            configuration,
            guardLevel: options.isReadOnly ? .readOnly : standard,
            namespaces: options.namespaces ?? .all
        )
    }

    func startWatching(in shell: Shell) {
        shell.work.run { [weak self, weak shell] in await self?.discover(in: shell) }
        watch(GroupVersionResource(resource: "namespaces"), in: shell) { session, names in
            session.namespaceNames = names.keys.sorted()
        }
        watch(GroupVersionResource(resource: "nodes"), in: shell) { session, nodes in
            session.nodes = (nodes.values.count { $0 }, nodes.count)
        }
    }

    func stopWatching() {
        watching.forEach { $0.cancel() }
        watching = []
    }

    private func discover(in shell: Shell?) async {
        do {
            let discovery = try await client.discover()
            catalog = discovery.catalog
            serverVersion = discovery.serverVersion
            if connection == .connecting { connection = .live }
            if let group = discovery.unavailable.first { shell?.report(.warning, "The server of \(group) does not answer") }
        } catch {
            reached(.lost(since: shell?.now() ?? Instant(seconds: 0), reason: "\(error)"))
        }
        shell?.setNeedsDisplay()
    }

    /// Keeps of each object its name and whether it is ready.
    private func watch(
        _ resource: GroupVersionResource, in shell: Shell, update: @escaping (ClusterSession, [String: Bool]) -> Void
    ) {
        let stream = client.reflect(ReflectorScope(resource))
        watching.append(
            Task { [weak self, weak shell] in
                var mirror = NameMirror()
                for await batch in stream {
                    guard let self, let shell else { return }
                    for event in batch {
                        mirror.take(event)
                        switch event {
                        case .degraded(let error, _): reached(.lost(since: shell.now(), reason: "\(error)"))
                        case .recovered: reached(.live)
                        case .ready(let version):
                            revision = version
                            reached(.live)
                        case .applied(let object), .deleted(let object): revision = object.metadata.resourceVersion
                        default: break
                        }
                    }
                    if mirror.isComplete { update(self, mirror.names) }
                    shell.setNeedsDisplay()
                }
            })
    }

    /// A loss is counted from its first sign; its reason is the latest.
    private func reached(_ state: ConnectionState) {
        if case .lost(_, let reason) = state, case .lost(let since, _) = connection {
            connection = .lost(since: since, reason: reason)
        } else {
            connection = state
        }
    }
}

/// The names of a resource's objects, each with whether its condition `Ready` holds.
struct NameMirror {
    private(set) var names: [String: Bool] = [:]
    /// Whether a list has come to its end.
    private(set) var isComplete = false
    private var named: Set<String>?

    mutating func take(_ event: ReflectorEvent) {
        switch event {
        case .restarting: named = []
        case .initial(let object), .applied(let object):
            names[object.name] = Self.isReady(object)
            named?.insert(object.name)
        case .deleted(let object): names[object.name] = nil
        case .ready:
            if let named { names = names.filter { named.contains($0.key) } }
            named = nil
            isComplete = true
        case .degraded, .recovered, .progress: break
        }
    }

    private static func isReady(_ object: KubernetesObject) -> Bool {
        let conditions = object.status["conditions"]?.arrayValue ?? []
        return conditions.contains { $0["type"]?.stringValue == "Ready" && $0["status"]?.stringValue == "True" }
    }
}
