import KubernetesClient
import KubernetesModel

/// One object followed while it is looked at, with the versions it has had since.
final class ObjectFollower {
    let target: ObjectTarget
    private let session: ClusterSession
    private let now: () -> Instant
    private let onChange: () -> Void

    /// The whole object, `managedFields` included.
    private(set) var object: KubernetesObject?
    private(set) var history = ObjectHistory()
    /// What keeps the object from being shown, or shown fresh.
    private(set) var problem: String?
    private(set) var isDeleted = false
    /// Whether the list that comes in has named it; at its end an object that was not named is gone.
    private var isNamed = true
    private var watching: Task<Void, Never>?

    init(_ target: ObjectTarget, session: ClusterSession, now: @escaping () -> Instant, onChange: @escaping () -> Void) {
        self.target = target
        self.session = session
        self.now = now
        self.onChange = onChange
    }

    func start(_ work: WorkCounter) {
        let scope = ReflectorScope(target.resource.gvr, namespace: target.namespace, fieldSelector: "metadata.name=\(target.name)")
        let stream = session.reflect(scope)
        work.run { [weak self] in await self?.load() }
        watching = Task { [weak self] in
            for await batch in stream {
                guard let self else { return }
                for event in batch { await take(event) }
            }
        }
    }

    deinit {
        watching?.cancel()
    }

    func stop() {
        watching?.cancel()
        watching = nil
    }

    /// Asks for the whole object: watching leaves `managedFields` out.
    private func load() async {
        do {
            take(try await session.client.get(target.resource.gvr, namespace: target.namespace, name: target.name))
        } catch {
            problem = "\(error)"
            isDeleted = (error as ClientError).isNotFound
        }
        onChange()
    }

    private func take(_ new: KubernetesObject) {
        object = new
        history.record(new, at: now())
        problem = nil
        isDeleted = false
    }

    private func take(_ event: ReflectorEvent) async {
        switch event {
        case .restarting: isNamed = false
        case .initial(let changed) where object == nil:
            isNamed = changed.name == target.name
        case .initial(let changed), .applied(let changed):
            isNamed = true
            // Each version is kept, also those that are gone before the whole object has come.
            history.record(changed.parsed(), at: now())
            if changed.metadata.resourceVersion != object?.metadata.resourceVersion { await load() }
        case .deleted:
            isDeleted = true
            onChange()
        case .ready where object != nil && !isNamed:
            isDeleted = true
            onChange()
        case .degraded(let error, _) where problem == nil:
            problem = "\(error)"
            onChange()
        case .recovered: await load()
        default: break
        }
    }
}
