package import KubernetesModel

/// One write to the store.
package struct StoreChange: Sendable {
    package enum Kind: Sendable, Hashable {
        case added
        case modified
        case deleted
    }

    package let kind: Kind
    /// The state after the write; for a deletion the last state, with the deletion's revision.
    package let object: StoredObject
    /// The state before; nil for an addition.
    package let previous: StoredObject?

    package var resource: GroupResource { object.resource }
    package var key: ObjectKey { object.key }
    package var revision: Int { object.revision }
}
