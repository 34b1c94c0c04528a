import KubernetesClient
import KubernetesModel
import ResourceTables

/// What is kept of the objects of one scope, as a reflector tells of them.
nonisolated struct Mirror<Value: Sendable>: Sendable {
    private let read: @Sendable (KubernetesObject) -> Value
    private(set) var values: [ObjectKey: Value] = [:]
    /// Those named since the list began anew; nil after its end.
    private var named: Set<ObjectKey>?
    private var freshness: Freshness

    /// - Parameter read: what is kept of an object.
    init(at now: Instant, _ read: @escaping @Sendable (KubernetesObject) -> Value) {
        self.read = read
        freshness = Freshness(at: now)
    }

    var state: TableState { freshness.state }
    /// Whether a list has come to its end.
    var isComplete: Bool { freshness.isComplete }

    /// Whether it tells all that it is going to tell for now: the objects, or why they are unknown.
    var isSettled: Bool { isComplete || problem != nil }

    /// Why the objects are not known, or not fresh.
    var problem: String? { state.problem }

    mutating func take(_ event: ReflectorEvent, at now: Instant) {
        switch event {
        case .restarting: named = []
        case .initial(let object), .applied(let object):
            values[object.key] = read(object)
            named?.insert(object.key)
        case .deleted(let object): values[object.key] = nil
        case .ready:
            if let named { values = values.filter { named.contains($0.key) } }
            named = nil
        case .degraded, .recovered, .progress: break
        }
        freshness.take(event, count: values.count, at: now)
    }
}

/// Whole objects of one scope.
typealias ObjectMirror = Mirror<KubernetesObject>

nonisolated extension ObjectMirror {
    init(at now: Instant) {
        self.init(at: now) { $0.parsed() }
    }

    /// Ordered by namespace and name.
    var objects: [KubernetesObject] { values.values.sorted { $0.key < $1.key } }

    func object(_ key: ObjectKey) -> KubernetesObject? { values[key] }

    /// What stands in place of objects where there are none to show: that there are none, that they are still awaited, or why they are unknown.
    var absence: String { problem.map { "unknown: \($0)" } ?? (isComplete ? "<none>" : "…") }
}

nonisolated extension TableState {
    /// Why the objects are not known, or not fresh.
    var problem: String? {
        switch self {
        case .live, .loading: nil
        case .stale(_, let reason), .forbidden(let reason), .notServed(let reason): reason
        }
    }
}

nonisolated extension [ReflectorScope: ObjectMirror] {
    /// The objects of a scope.
    /// - Throws: why they are unknown.
    func objects(_ scope: ReflectorScope) throws -> [KubernetesObject] {
        guard let mirror = self[scope], mirror.isComplete else { throw ExplorerError(self[scope]?.problem ?? "They are not known yet") }
        return mirror.objects
    }

    /// The object that a scope was made for.
    /// - Throws: why it is unknown, or that it is gone.
    func object(_ target: ObjectTarget, _ scope: ReflectorScope) throws -> KubernetesObject {
        guard let object = try objects(scope).first(where: { $0.name == target.name }) else {
            throw ExplorerError("The \(target.text) is gone")
        }
        return object
    }
}

extension ObjectTarget {
    /// What tells of this object alone.
    nonisolated func scope(_ detail: ReflectorScope.Detail = .whole) -> ReflectorScope {
        ReflectorScope(resource.gvr, namespace: namespace, fieldSelector: "metadata.name=\(name)", detail: detail)
    }
}
