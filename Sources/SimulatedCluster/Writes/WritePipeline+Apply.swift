package import KubernetesModel

extension WritePipeline {
    /// Server-side apply: creates the object, or makes it hold what the manager wants of it.
    package func apply(
        _ object: KubernetesObject, as resource: APIResource, _ key: ObjectKey, options: WriteOptions, isForced: Bool, by writer: Writer,
        at now: Instant
    ) throws(StatusError) -> (object: KubernetesObject, isNew: Bool) {
        let stored = registry.storedForm(of: resource)
        guard store.get(stored.groupResource, key) != nil else {
            return (try create(object, as: resource, options: options, by: writer, at: now), true)
        }
        let result = try update(resource, key, options: options, by: writer, at: now) { current throws(StatusError) in
            try Self.merge(object.value, into: current)
        }
        return (result, false)
    }
}
