import KubernetesClient
import KubernetesModel

/// The facts of a cluster, between the reflectors that feed them and the one who judges. Who judges asks the cluster nothing.
struct FactsWatch: Sendable {
    /// Fires when there is something to judge, however often that was since it was last awaited.
    let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation
    private let client: ClusterClient
    /// Where is looked at what may not be read in all namespaces.
    private let namespace: String?
    private let mirror: Mirror

    init(_ client: ClusterClient, namespace: String? = nil, at instant: Instant) {
        self.client = client
        self.namespace = namespace
        mirror = Mirror(instant)
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Follows the cluster for as long as somebody judges it.
    func follow(_ judge: @escaping @Sendable (FactsWatch) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for resource in ClusterFacts.resources {
                group.addTask { await follow(resource) }
            }
            let judging = Task(priority: .background) { await judge(self) }
            await withTaskCancellationHandler {
                await judging.value
            } onCancel: {
                judging.cancel()
            }
            group.cancelAll()
        }
    }

    private func follow(_ resource: GroupVersionResource) async {
        let scope = ReflectorScope(resource, fieldSelector: ClusterFacts.fieldSelector(of: resource))
        var part: Task<Void, Never>?
        defer { part?.cancel() }
        for await batch in client.reflect(scope) {
            if await mirror.take(batch, of: resource) { changed.yield() }
            if batch.contains(where: \.isReady) {
                part?.cancel()
                part = nil
            } else if part == nil, batch.contains(where: \.isForbidden), let namespace, isNamespaced(resource) {
                part = Task { await follow(resource, in: namespace) }
            }
        }
    }

    private func follow(_ resource: GroupVersionResource, in namespace: String) async {
        let scope = ReflectorScope(resource, namespace: namespace, fieldSelector: ClusterFacts.fieldSelector(of: resource))
        for await batch in client.reflect(scope) {
            if await mirror.take(batch, of: resource, in: namespace) { changed.yield() }
        }
    }

    private func isNamespaced(_ resource: GroupVersionResource) -> Bool {
        ResourceCatalog.builtIn.resource(resource)?.isNamespaced ?? false
    }

    /// Has the same facts judged once more.
    func wake() {
        changed.yield()
    }

    /// Nil until everything has been read, or could not be.
    func facts(at instant: Instant) async -> ClusterFacts? {
        await mirror.facts(at: instant)
    }

    private actor Mirror {
        private var live: LiveFacts

        init(_ instant: Instant) {
            live = LiveFacts(takenAt: instant)
        }

        /// - Returns: whether there is something to judge.
        func take(_ batch: [ReflectorEvent], of resource: GroupVersionResource) -> Bool {
            var hasChanged = false
            for event in batch where live.take(event, of: resource) { hasChanged = true }
            return hasChanged && live.isComplete
        }

        func take(_ batch: [ReflectorEvent], of resource: GroupVersionResource, in namespace: String) -> Bool {
            var hasChanged = false
            for event in batch where live.takePart(event, of: resource, in: namespace) { hasChanged = true }
            return hasChanged && live.isComplete
        }

        func facts(at instant: Instant) -> ClusterFacts? {
            guard live.isComplete else { return nil }
            live.look(at: instant)
            return live.facts
        }
    }
}

extension ReflectorEvent {
    fileprivate var isReady: Bool {
        if case .ready = self { true } else { false }
    }

    fileprivate var isForbidden: Bool {
        if case .degraded(let error, _) = self { error.isForbidden } else { false }
    }
}
