/// An object's place within its resource.
package struct ObjectKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Nil for objects of the whole cluster.
    package var namespace: String?
    package var name: String

    package init(namespace: String? = nil, name: String) {
        self.namespace = namespace
        self.name = name
    }

    package var description: String {
        namespace.map { "\($0)/\(name)" } ?? name
    }

    /// The order in which API servers list: by namespace, then by name, as bytes.
    package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        let order = (left.namespace ?? "", right.namespace ?? "")
        return order.0 == order.1 ? left.name < right.name : order.0 < order.1
    }
}

/// Names one object of any kind, as `involvedObject` and `ownerReferences` do.
package struct ObjectReference: Sendable, Hashable, CustomStringConvertible {
    package var apiVersion: String
    package var kind: String
    package var namespace: String?
    package var name: String
    /// Tells objects apart that had the same name one after the other; nil when not known.
    package var uid: String?

    package init(apiVersion: String, kind: String, namespace: String? = nil, name: String, uid: String? = nil) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.uid = uid
    }

    package var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }
    package var groupVersionKind: GroupVersionKind { GroupVersionKind(apiVersion: apiVersion, kind: kind) }

    /// As reports print it: `Pod shop/cart-0`.
    package var description: String { "\(kind) \(key)" }
}
