import KubernetesClient
import KubernetesModel

/// What is kept of the objects of several scopes, up to date while they are needed.
final class LiveObjects<Value: Sendable> {
    private let session: ClusterSession
    private let now: @Sendable () -> Instant
    private let read: @Sendable (KubernetesObject) -> Value
    private let onChange: () -> Void
    /// Those that are complete, or have a problem.
    private(set) var mirrors: [ReflectorScope: Mirror<Value>] = [:]
    private var tasks: [ReflectorScope: Task<Void, Never>] = [:]

    init(
        of session: ClusterSession, now: @escaping @Sendable () -> Instant,
        read: @escaping @Sendable (KubernetesObject) -> Value, onChange: @escaping () -> Void
    ) {
        self.session = session
        self.now = now
        self.read = read
        self.onChange = onChange
    }

    deinit {
        for task in tasks.values { task.cancel() }
    }

    subscript(scope: ReflectorScope) -> Mirror<Value> {
        mirrors[scope] ?? empty
    }

    private var empty: Mirror<Value> { Mirror(at: session.lastContact(at: now()), read) }

    /// Follows these scopes from now on, and no others.
    func follow(_ scopes: Set<ReflectorScope>) {
        for gone in tasks.keys where !scopes.contains(gone) {
            tasks.removeValue(forKey: gone)?.cancel()
            mirrors[gone] = nil
        }
        for scope in scopes where tasks[scope] == nil { tasks[scope] = task(scope) }
    }

    private func task(_ scope: ReflectorScope) -> Task<Void, Never> {
        let stream = session.reflect(scope)
        let empty = empty
        // Keys come first.
        return Task(priority: .utility) { [weak self, now] in
            await empty.follow(stream, now: now) { [weak self] mirror in
                guard let self else { return false }
                mirrors[scope] = mirror
                onChange()
                return true
            }
        }
    }
}

extension LiveObjects<KubernetesObject> {
    convenience init(
        of session: ClusterSession, now: @escaping @Sendable () -> Instant, onChange: @escaping () -> Void
    ) {
        self.init(of: session, now: now, read: { $0.parsed() }, onChange: onChange)
    }
}

nonisolated extension Mirror {
    /// Takes what a stream tells beside the main loop, and shows itself after each batch. Ends with the stream, or when nobody looks any more.
    /// - Parameter show: false when nobody looks.
    @concurrent fileprivate func follow(
        _ stream: ReflectorStream, now: @Sendable () -> Instant, show: @MainActor (Mirror) -> Bool
    ) async {
        var mirror = self
        for await batch in stream {
            for event in batch { mirror.take(event, at: now()) }
            // A first list that is still coming in is of no use to anybody.
            guard mirror.isSettled else { continue }
            guard await show(mirror) else { return }
        }
    }
}
