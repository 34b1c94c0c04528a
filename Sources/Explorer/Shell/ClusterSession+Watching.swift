import KubernetesClient
import KubernetesModel
import ResourceTables

/// What is watched of a cluster whatever is on the screen: what it serves, its namespaces and nodes, and whether it answers.
extension ClusterSession {
    static func make(_ configuration: ClusterConfiguration, options: ExplorerOptions) -> ClusterSession {
        let session = ClusterSession(
            configuration,
            guardLevel: options.isReadOnly ? .readOnly : options.guardLevel,
            namespaces: options.namespaces ?? (configuration.namespace == "default" ? .all : .only([configuration.namespace]))
        )
        session.favourites = FavouriteNamespaces(ContextMemory(options.environment, context: session.contextName)[.namespaces])
        return session
    }

    /// What is watched already goes on.
    func startWatching(in shell: Shell) {
        guard watching.isEmpty else { return }
        shell.work.run { [weak self, weak shell] in await self?.discover(in: shell) }
        watch(GroupVersionResource(resource: "namespaces"), Mirror(at: shell.now()) { _ in }, in: shell) { [weak shell] session, found in
            session.namespaceNames = found.keys.map(\.name).sorted()
            shell?.changeFavourites(of: session) { $0.forget(allBut: session.namespaceNames) }
        }
        watch(GroupVersionResource(resource: "nodes"), Mirror(at: shell.now(), NodeState.init), in: shell) { session, nodes in
            session.nodes = (nodes.values.count(where: \.isReady), nodes.count)
            session.metrics.allocatable = nodes.values.reduce(CPUAndMemory()) { $0 + $1.allocatable }
        }
        lookAfter(in: shell)
        metrics.listeners.add(shell) { [weak shell] in shell?.setNeedsDisplay() }
        metrics.start(client)
        whyWatch.start(self, in: shell)
    }

    func stopWatching() {
        watching.forEach { $0.cancel() }
        watching = []
        metrics.stop()
        whyWatch.stop()
        forwards.stopAll()
        drains.stopAll()
    }

    /// Takes away what would be left in the cluster, and closes the connections.
    /// - Returns: what is left all the same.
    func end() async -> [any Error] {
        let problems = await nodeShells.closeAll(client)
        await client.shutdown()
        return problems
    }

    /// Asks once more what the server serves: it may have learnt of custom resources since it told.
    func discoverAgain(in shell: Shell) {
        shell.work.run { [weak self, weak shell] in await self?.discover(in: shell) }
    }

    private func discover(in shell: Shell?) async {
        discovered = shell?.now()
        do {
            let discovery = try await client.discover()
            catalog = discovery.catalog
            let isFirst = serverVersion == nil
            serverVersion = discovery.serverVersion
            found(in: shell)
            if isFirst { shell?.restoreForwards(of: self) }
            if shell?.home === self || shell?.session === self { shell?.openAwaited() }
            if let group = discovery.unavailable.first { shell?.report(.warning, "The server of \(group) does not answer") }
        } catch {
            // Whether a cluster that lives is gone, those find out who look after it.
            if connection == .live { shell?.report(error) } else { lost(error, in: shell) }
        }
        shell?.setNeedsDisplay()
    }

    private func watch<Value: Sendable>(
        _ resource: GroupVersionResource, _ start: Mirror<Value>, in shell: Shell,
        update: @escaping (ClusterSession, [ObjectKey: Value]) -> Void
    ) {
        let stream = client.reflect(ReflectorScope(resource))
        watching.append(
            Task { [weak self, weak shell] in
                var mirror = start
                for await batch in stream {
                    guard let self, let shell else { return }
                    for event in batch {
                        mirror.take(event, at: shell.now())
                        switch event {
                        // Who may not look is answered all the same.
                        case .degraded(let error, _) where error.isForbidden: found(in: shell)
                        case .degraded(let error, _):
                            lost(error, in: shell)
                            continue
                        case .recovered:
                            found(in: shell)
                            // A cluster that was away at the start, or that came back as another version.
                            shell.work.run { [weak self, weak shell] in await self?.discover(in: shell) }
                        case .ready(let version):
                            revision = version
                            found(in: shell)
                        case .applied(let object), .deleted(let object): revision = object.metadata.resourceVersion
                        default: break
                        }
                    }
                    if mirror.isComplete { update(self, mirror.values) }
                    shell.setNeedsDisplay()
                }
            })
    }

    /// Notices that a server says nothing any more, whose connections may stay for minutes.
    private func lookAfter(in shell: Shell) {
        watching.append(
            Task { [weak self, weak shell, heartbeat = Heartbeat(client)] in
                await heartbeat.run { @MainActor news in
                    if let shell { self?.take(news, in: shell) }
                }
            })
    }

    private func take(_ news: Heartbeat.News, in shell: Shell) {
        switch news {
        // What a watch has said of the loss is more.
        case .lost(let error): if !connection.isLost { lost(error, because: error.reason, in: shell) }
        case .back:
            found(in: shell)
            discoverAgain(in: shell)
        }
        shell.setNeedsDisplay()
    }

    private func found(in shell: Shell?) {
        guard connection != .live else { return }
        connection = .live
        shell?.log?.write(.info, "\(contextName) answers")
    }

    /// A loss is counted from when the server was heard last; its reason is the latest.
    /// - Parameter reason: what is said of it; nil is all of the error.
    private func lost(_ error: ClientError, because reason: String? = nil, in shell: Shell?) {
        let now = shell?.now() ?? Instant(seconds: 0)
        let since = if case .lost(let since, _) = connection { since } else { now - (client.silence ?? .zero) }
        let loss = ConnectionState.lost(since: since, reason: reason ?? "\(error)")
        let isNews = !connection.isLost
        connection = loss
        guard isNews else { return }
        shell?.log?.write(.warn, "\(contextName) is lost: \(error.logged)")
    }
}

/// What counts of a node for the header.
struct NodeState: Sendable {
    let isReady: Bool
    let allocatable: CPUAndMemory

    nonisolated init(_ node: KubernetesObject) {
        let conditions = node.status["conditions"]?.arrayValue ?? []
        isReady = conditions.contains { $0["type"]?.stringValue == "Ready" && $0["status"]?.stringValue == "True" }
        allocatable = CPUAndMemory(allocatableOf: node)
    }
}
