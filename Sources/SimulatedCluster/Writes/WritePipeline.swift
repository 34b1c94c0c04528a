package import KubernetesModel

/// The one path by which anything in the cluster changes: requests, controllers, kubelets and scenarios all come through here.
///
/// In order: conversion to the stored version, defaults, admission, what the server owns, validation, field managers, storage.
package final class WritePipeline {
    package let view: ClusterView
    package let registry: ResourceRegistry
    package let random: Randomness
    let admission: Admission
    let store: ObjectStore
    let managers: FieldManagers
    /// Hears what the client of the present request is to be told.
    private var warnings: WarningCollector?
    /// The events that repetitions are counted on.
    var recentEvents: [EventDraft: ObjectKey] = [:]
    var correlator = EventCorrelator()
    var lastEventTime: Int64 = 0

    init(view: ClusterView, registry: ResourceRegistry, random: Randomness, admission: Admission) {
        self.view = view
        self.registry = registry
        self.random = random
        self.admission = admission
        store = view.store
        managers = FieldManagers(registry: registry)
    }

    /// Performs a write of the cluster's own parts, and returns the object as it was stored; after a deletion, as it was last.
    @discardableResult
    package func perform(_ write: Write, by writer: Writer, at now: Instant) throws(StatusError) -> KubernetesObject {
        switch write {
        case .create(let object):
            return try create(object, as: try resource(of: object), by: writer, at: now)
        case .update(let object):
            let resource = try resource(of: object)
            return try update(resource, key(of: object, in: resource), by: writer, at: now) { _ in object }
        case .updateStatus(let object):
            let resource = try resource(of: object)
            let options = WriteOptions(subresource: "status")
            return try update(resource, key(of: object, in: resource), options: options, by: writer, at: now) { _ in object }
        case .patch(let resource, let key, let patch, let subresource):
            let options = WriteOptions(subresource: subresource)
            return try update(try self.resource(resource), key, options: options, by: writer, at: now) { current throws(StatusError) in
                try Self.merge(patch, into: current)
            }
        case .delete(let resource, let key, let options):
            return try delete(try self.resource(resource), key, options: options, by: writer, at: now).object
        case .deleteCollection(let resource, let namespace, let options):
            let resource = try self.resource(resource)
            for object in store.list(resource.groupResource, namespace: namespace) {
                _ = try delete(resource, object.key, options: options, by: writer, at: now)
            }
            return KubernetesObject([:])
        case .evict(let key, let options):
            return try evict(key, options: options, by: writer, at: now)
        case .bind(let key, let node):
            return try bind(key, to: node, by: writer, at: now)
        case .event(let draft):
            return try record(draft, by: writer, at: now)
        }
    }

    static func merge(_ patch: JSONValue, into object: KubernetesObject) throws(StatusError) -> KubernetesObject {
        do throws(PatchError) {
            return KubernetesObject(try MergePatch.apply(patch, to: object.value)) ?? object
        } catch {
            throw StatusError(error)
        }
    }

    // MARK: Shared by all writes

    func resource(of object: KubernetesObject) throws(StatusError) -> APIResource {
        guard let resource = registry.resource(for: object.groupVersionKind) else {
            throw .badRequest("no kind \"\(object.kind)\" is registered for version \"\(object.apiVersion)\"")
        }
        return resource
    }

    func resource(_ groupResource: GroupResource) throws(StatusError) -> APIResource {
        guard let resource = registry.catalog.resource(groupResource) else { throw .unknownPath }
        return resource
    }

    private func key(of object: KubernetesObject, in resource: APIResource) -> ObjectKey {
        ObjectKey(namespace: resource.isNamespaced ? object.namespace : nil, name: object.name)
    }

    func strategy(of resource: APIResource) -> ObjectStrategy {
        ObjectStrategy(resource: resource, isCustom: registry.custom(resource.gvr) != nil)
    }

    func context(
        _ operation: WriteContext.Operation, _ resource: APIResource, _ key: ObjectKey, subresource: String? = nil, isDryRun: Bool,
        by writer: Writer, at now: Instant
    ) -> WriteContext {
        WriteContext(
            operation: operation, resource: resource, subresource: subresource, key: key, user: writer.user, isDryRun: isDryRun, now: now,
            view: view, random: random, warnings: warnings
        )
    }

    /// Performs writes for a client, who is told what they gave rise to.
    func telling<Result>(_ collector: WarningCollector, _ body: () throws(StatusError) -> Result) throws(StatusError) -> Result {
        warnings = collector
        defer { warnings = nil }
        return try body()
    }
}
