import KubernetesClient
import KubernetesModel

/// Objects of several scopes, kept up to date while they are needed.
final class LiveObjects {
    private let reflect: (ReflectorScope) -> ReflectorStream
    private let onChange: () -> Void
    private var mirrors: [ReflectorScope: ObjectMirror] = [:]
    private var tasks: [ReflectorScope: Task<Void, Never>] = [:]

    init(_ reflect: @escaping (ReflectorScope) -> ReflectorStream, onChange: @escaping () -> Void) {
        self.reflect = reflect
        self.onChange = onChange
    }

    deinit {
        for task in tasks.values { task.cancel() }
    }

    subscript(scope: ReflectorScope) -> ObjectMirror {
        mirrors[scope] ?? ObjectMirror()
    }

    /// Follows these scopes from now on, and no others.
    func follow(_ scopes: Set<ReflectorScope>) {
        for gone in tasks.keys where !scopes.contains(gone) {
            tasks.removeValue(forKey: gone)?.cancel()
            mirrors[gone] = nil
        }
        for scope in scopes where tasks[scope] == nil { tasks[scope] = task(scope) }
    }

    private func task(_ scope: ReflectorScope) -> Task<Void, Never> {
        let stream = reflect(scope)
        return Task { [weak self] in
            for await batch in stream {
                guard let self else { return }
                for event in batch { mirrors[scope, default: ObjectMirror()].take(event) }
                onChange()
            }
        }
    }
}

/// The objects of one scope, as a reflector tells of them.
struct ObjectMirror {
    private var byKey: [ObjectKey: KubernetesObject] = [:]
    /// Those named since the list began anew; nil after its end.
    private var named: Set<ObjectKey>?
    /// Whether a list has come to its end.
    private(set) var isComplete = false
    /// Why the objects are not known, or not fresh.
    private(set) var problem: String?

    /// Ordered by namespace and name.
    var objects: [KubernetesObject] { byKey.values.sorted { $0.key < $1.key } }

    func object(_ key: ObjectKey) -> KubernetesObject? { byKey[key] }

    /// What stands in place of objects where there are none to show: that there are none, that they are still awaited, or why they are unknown.
    var absence: String { problem.map { "unknown: \($0)" } ?? (isComplete ? "<none>" : "…") }

    mutating func take(_ event: ReflectorEvent) {
        switch event {
        case .restarting: named = []
        case .initial(let object), .applied(let object):
            byKey[object.key] = object.parsed()
            named?.insert(object.key)
        case .deleted(let object): byKey[object.key] = nil
        case .ready:
            if let named { byKey = byKey.filter { named.contains($0.key) } }
            (named, isComplete, problem) = (nil, true, nil)
        case .degraded(let error, _): problem = "\(error)"
        case .recovered: problem = nil
        case .progress: break
        }
    }
}
