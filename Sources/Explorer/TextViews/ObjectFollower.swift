import KubernetesClient
import KubernetesModel
import ResourceTables

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
    private var error: ClientError?
    /// When what is shown was true.
    private var lastContact: Instant
    /// Whether what is shown is what was seen of the object before it was opened.
    private var isRemembered = false
    private(set) var isDeleted = false
    /// Whether the list that comes in has named it; at its end an object that was not named is gone.
    private var isNamed = true
    private var watching: Task<Void, Never>?

    init(_ target: ObjectTarget, session: ClusterSession, now: @escaping () -> Instant, onChange: @escaping () -> Void) {
        self.target = target
        self.session = session
        self.now = now
        self.onChange = onChange
        lastContact = session.lastContact(at: now())
    }

    /// How far what is shown can be trusted.
    var state: TableState {
        let state = error.map { TableState($0, lastContact: lastContact) } ?? (object == nil ? .loading(loaded: 0, total: nil) : .live)
        return isRemembered ? state : session.trusted(state, at: now())
    }

    var problem: String? { error?.description }

    func start(_ work: WorkCounter) {
        let scope = target.scope()
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
            fail(error)
        }
        onChange()
    }

    private func take(_ new: KubernetesObject) {
        object = new
        error = nil
        isDeleted = false
        isRemembered = false
        lastContact = now()
        history.record(new, at: lastContact)
        session.seen.keep(new, as: target, at: lastContact)
    }

    /// What was seen of the object before stands in for it while the cluster can't be asked.
    private func fail(_ new: ClientError) {
        error = new
        isDeleted = new.isNotFound
        guard object == nil, case .stale = state, let seen = session.seen[target] else { return }
        object = seen.object.parsed()
        lastContact = seen.time
        isRemembered = true
        history.record(seen.object.parsed(), at: seen.time)
    }

    private func take(_ event: ReflectorEvent) async {
        if case .degraded(let new, _) = event {
            guard error == nil else { return }
            fail(new)
            return onChange()
        }
        // An object that was seen before is only as fresh as it was then, until it comes anew.
        if error == nil { lastContact = now() }
        switch event {
        case .restarting: isNamed = false
        case .initial(let changed), .applied(let changed):
            guard changed.name == target.name else { return }
            isNamed = true
            // It is asked for already.
            if object == nil, case .initial = event { return }
            // Each version is kept, also those that are gone before the whole object has come.
            history.record(changed.parsed(), at: now())
            if changed.metadata.resourceVersion != object?.metadata.resourceVersion { await load() }
        case .deleted:
            isDeleted = true
            onChange()
        case .ready where object != nil && !isNamed:
            isDeleted = true
            onChange()
        case .recovered: await load()
        default: break
        }
    }
}
