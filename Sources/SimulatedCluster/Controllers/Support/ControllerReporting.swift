import KubernetesModel

extension Controller {
    /// A normal event.
    func event(on object: KubernetesObject, _ reason: String, _ message: String) -> Write {
        event(on: object, .normal, reason, message)
    }

    func event(on object: KubernetesObject, _ level: EventDraft.Level, _ reason: String, _ message: String) -> Write {
        .event(EventDraft(regarding: object.reference, level: level, reason: reason, message: message, component: name))
    }

    /// The usual key: the object itself.
    func own(_ change: StoreChange) -> [WorkKey] {
        [WorkKey(change.resource, change.key)]
    }

    /// The object that controls the changed one, or controlled it before.
    func controllers(of change: StoreChange, kind: String, _ resource: GroupResource, in view: ClusterView) -> [WorkKey] {
        let owners = [change.object, change.previous].compactMap { $0 }.flatMap { stored in
            stored.owners.filter { $0.isController && $0.kind == kind }
        }
        return Set(owners.map(\.name)).sorted().map { WorkKey(resource, ObjectKey(namespace: change.key.namespace, name: $0)) }
    }
}

extension Write {
    /// Takes a finalizer from an object, whose end may wait for it.
    static func removing(_ finalizer: String, from object: KubernetesObject, _ resource: GroupResource) -> Write {
        let rest = object.metadata.finalizers.filter { $0 != finalizer }
        return .patch(resource, object.key, ["metadata": ["finalizers": rest.isEmpty ? JSONValue.null : JSONValue(rest)]])
    }
}

/// A replaced part of a status, written only when it differs.
func statusWrite(_ object: KubernetesObject, _ status: JSONObject) -> [Write] {
    guard object.status.objectValue ?? [:] != status else { return [] }
    var updated = object
    updated.status = .object(status)
    return [.updateStatus(updated)]
}

/// Conditions as workloads keep them: one of each type.
struct ConditionList {
    private(set) var conditions: [JSONValue]
    private let now: String

    init(_ conditions: JSONValue?, at now: Instant) {
        self.conditions = conditions?.arrayValue ?? []
        self.now = KubernetesTime.seconds(now)
    }

    subscript(type: String) -> JSONValue? {
        conditions.first { $0["type"]?.stringValue == type }
    }

    /// - Parameter updates: whether the list tells when a condition was last written, besides when it last changed sides.
    mutating func set(_ type: String, _ status: Bool, _ reason: String, _ message: String, updates: Bool = true) {
        let text = status ? "True" : "False"
        let old = self[type]
        if old?["status"]?.stringValue == text, old?["reason"]?.stringValue == reason, old?["message"]?.stringValue == message { return }
        var json: JSONObject = ["type": .string(type), "status": .string(text)]
        if updates { json["lastUpdateTime"] = .string(now) }
        json["lastTransitionTime"] = old?["status"]?.stringValue == text ? old?["lastTransitionTime"] : .string(now)
        json["reason"] = .string(reason)
        json["message"] = .string(message)
        remove(type)
        conditions.append(.object(json))
    }

    mutating func remove(_ type: String) {
        conditions.removeAll { $0["type"]?.stringValue == type }
    }

    var json: JSONValue? { conditions.isEmpty ? JSONValue?.none : .array(conditions) }
}
