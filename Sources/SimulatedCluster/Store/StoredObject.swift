package import KubernetesModel

/// An object at one revision, as the store keeps it: compact bytes, and beside them what lists, watches and indexes ask for
/// without parsing.
package final class StoredObject: Sendable {
    package let resource: GroupResource
    package let key: ObjectKey
    package let uid: String
    package let revision: Int
    package let labels: [String: String]
    package let owners: [OwnerReference]
    package let isBeingDeleted: Bool
    /// Whether its condition `Ready` is true.
    package let isReady: Bool
    /// The values of `SelectableFields.paths(of: resource)`, in their order.
    package let fields: [String]
    package let bytes: [UInt8]

    /// - Parameters:
    ///   - object: with `revision` as its `resourceVersion`.
    ///   - shared: where what is equal in many objects is held once.
    init(_ object: KubernetesObject, resource: GroupResource, revision: Int, sharing shared: inout SharedMetadata) {
        let metadata = object.metadata
        self.resource = resource
        key = metadata.key
        uid = metadata.uid
        self.revision = revision
        labels = shared.shared(metadata.labels)
        owners = shared.shared(metadata.ownerReferences)
        isBeingDeleted = metadata.deletionTimestamp != nil
        isReady = object.isReadyPod
        fields = SelectableFields.values(of: object, resource: resource).map { shared.shared($0) }
        // A copy of just the size: what was written by appending has room for twice as much.
        bytes = object.compactJSON.withUnsafeBufferPointer(Array.init)
    }

    package var ownerUIDs: [String] { owners.map(\.uid) }

    /// The object; each read of its tree parses the bytes.
    package var object: KubernetesObject {
        KubernetesObject(compactJSON: bytes)
    }

    /// What a field selector's path means for this object; nil for a path that the resource doesn't offer.
    package func field(_ path: String) -> String? {
        switch path {
        case "metadata.name": return key.name
        case "metadata.namespace": return key.namespace ?? ""
        default:
            let index = SelectableFields.paths(of: resource).firstIndex(of: path)
            return index.map { fields[$0] }
        }
    }
}
