/// A typed look at an object of one kind. It reads members when asked and keeps nothing beside the object.
package protocol ObjectView: Sendable {
    var object: KubernetesObject { get }
    init(_ object: KubernetesObject)
}

extension ObjectView {
    package var metadata: ObjectMetadata { object.metadata }
    package var name: String { object.name }
    package var namespace: String? { object.namespace }
    package var uid: String { object.uid }
    package var key: ObjectKey { object.key }
    package var labels: [String: String] { object.metadata.labels }
    package var annotations: [String: String] { object.metadata.annotations }
    package var spec: JSONValue { object.spec }
    package var status: JSONValue { object.status }

    package var created: Instant? { object.metadata.creationTimestamp.flatMap(KubernetesTime.parse) }
    /// Set while the object is being deleted: when it should be gone.
    package var deleted: Instant? { object.metadata.deletionTimestamp.flatMap(KubernetesTime.parse) }
    package var isBeingDeleted: Bool { object.metadata.deletionTimestamp != nil }

    /// `status.conditions`, in order.
    package var conditions: [Condition] { status.views("conditions") }

    package func condition(_ type: String) -> Condition? {
        conditions.first { $0.type == type }
    }
}

/// A typed look at a part of an object.
package protocol PartView: Sendable {
    var json: JSONValue { get }
    init(_ json: JSONValue)
}

/// One element of `status.conditions`.
package struct Condition: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var type: String { json.string("type") ?? "" }
    /// `True`, `False` or `Unknown`.
    package var status: String { json.string("status") ?? "" }
    package var isTrue: Bool { status == "True" }
    package var reason: String { json.string("reason") ?? "" }
    package var message: String { json.string("message") ?? "" }
    package var lastTransition: Instant? { json.time("lastTransitionTime") }
}

/// Reading members by name or by path with dots-as-arguments; nil where the type is another.
extension JSONValue {
    package func string(_ path: String...) -> String? { self[path: path]?.stringValue }
    package func int(_ path: String...) -> Int? { self[path: path]?.intValue }
    package func bool(_ path: String...) -> Bool? { self[path: path]?.boolValue }
    package func time(_ path: String...) -> Instant? { self[path: path]?.stringValue.flatMap(KubernetesTime.parse) }

    /// Empty when there is no array.
    package func elements(_ path: String...) -> [JSONValue] { self[path: path]?.arrayValue ?? [] }
    /// Empty when there is no array; elements of other types are left out.
    package func strings(_ path: String...) -> [String] { self[path: path]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    /// The quantities of a resource list such as `requests`, by resource name.
    package func quantities(_ path: String...) -> [String: Quantity] {
        guard let object = self[path: path]?.objectValue else { return [:] }
        var quantities: [String: Quantity] = [:]
        for (name, value) in object { quantities[name] = Quantity(value) }
        return quantities
    }

    package func views<View: PartView>(_ path: String..., as _: View.Type = View.self) -> [View] {
        self[path: path]?.arrayValue?.map(View.init) ?? []
    }
}
