import KubernetesModel

/// Deletes what belonged to objects that are no more, and carries out foreground deletion and orphaning.
struct GarbageCollector: Controller {
    let name = "generic-garbage-collector"
    let watches: [GroupResource] = []
    private let registry: ResourceRegistry
    private static let foreground = "foregroundDeletion"
    private static let orphan = "orphan"

    init(registry: ResourceRegistry) {
        self.registry = registry
    }

    /// Everything has owners, custom resources too; only events would cost more than they are worth.
    func isInterested(in resource: GroupResource) -> Bool { resource != Resource.events }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        var keys: [WorkKey] = []
        if change.kind == .deleted {
            keys += view.store.owned(by: change.object.uid).map { WorkKey($0.resource, $0.key) }
            // An owner that waits for its dependents may go now.
            keys += change.object.ownerUIDs.isEmpty ? [] : owners(of: change.object, in: view)
        } else if change.object.isBeingDeleted || hasNewOwners(change) {
            keys.append(WorkKey(change.resource, change.key))
        }
        return keys
    }

    private func hasNewOwners(_ change: StoreChange) -> Bool {
        !change.object.ownerUIDs.isEmpty && change.object.ownerUIDs != change.previous?.ownerUIDs
    }

    private func owners(of stored: StoredObject, in view: ClusterView) -> [WorkKey] {
        view.object(stored).metadata.ownerReferences.compactMap { place(of: $0, namespace: stored.key.namespace) }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let object = view.get(key.resource, key.key) else { return .done }
        if object.metadata.deletionTimestamp != nil {
            return Reconciliation(writes: release(object, key, in: view))
        }
        let owners = object.metadata.ownerReferences
        guard !owners.isEmpty else { return .done }
        let living = owners.filter { owner in
            guard let place = place(of: owner, namespace: key.key.namespace) else { return true }
            return view.store.get(place.resource, place.key)?.uid == owner.uid
        }
        if living.isEmpty {
            return Reconciliation(writes: [.delete(key.resource, key.key, DeleteOptions(propagation: .background, requiredUID: object.uid))]
            )
        }
        guard living.count < owners.count else { return .done }
        return Reconciliation(writes: [keep(living.map(\.uid), of: object, key)])
    }

    private func place(of owner: OwnerReference, namespace: String?) -> WorkKey? {
        guard let resource = registry.resource(for: GroupVersionKind(apiVersion: owner.apiVersion, kind: owner.kind)) else { return nil }
        return WorkKey(resource.groupResource, ObjectKey(namespace: resource.isNamespaced ? namespace : nil, name: owner.name))
    }

    /// Does what the deletion asked for with the dependents, and takes its finalizer off once that is done.
    private func release(_ object: KubernetesObject, _ key: WorkKey, in view: ClusterView) -> [Write] {
        let dependents = view.store.owned(by: object.uid)
        let finalizers = object.metadata.finalizers
        if finalizers.contains(Self.orphan) {
            let orphaning = dependents.map { dependent -> Write in
                let known = view.object(dependent)
                let others = known.metadata.ownerReferences.map(\.uid).filter { $0 != object.uid }
                return keep(others, of: known, WorkKey(dependent.resource, dependent.key))
            }
            return orphaning + [removeFinalizer(Self.orphan, of: object, key)]
        }
        guard finalizers.contains(Self.foreground) else { return [] }
        let blocking = dependents.filter { dependent in
            view.object(dependent).metadata.ownerReferences.contains { $0.uid == object.uid && $0.blocksOwnerDeletion }
        }
        if blocking.isEmpty {
            let rest = dependents.filter { !$0.isBeingDeleted }.map {
                Write.delete($0.resource, $0.key, DeleteOptions(propagation: .background))
            }
            return rest + [removeFinalizer(Self.foreground, of: object, key)]
        }
        return dependents.filter { !$0.isBeingDeleted }.map { .delete($0.resource, $0.key, DeleteOptions(propagation: .foreground)) }
    }

    private func removeFinalizer(_ finalizer: String, of object: KubernetesObject, _ key: WorkKey) -> Write {
        let rest = object.metadata.finalizers.filter { $0 != finalizer }
        return .patch(key.resource, key.key, ["metadata": ["finalizers": rest.isEmpty ? JSONValue.null : JSONValue(rest)]])
    }

    private func keep(_ uids: [String], of object: KubernetesObject, _ key: WorkKey) -> Write {
        let references = object.metadata.json["ownerReferences"]?.arrayValue?.filter { uids.contains($0["uid"]?.stringValue ?? "") } ?? []
        return .patch(key.resource, key.key, ["metadata": ["ownerReferences": references.isEmpty ? JSONValue.null : .array(references)]])
    }
}
