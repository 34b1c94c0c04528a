package import KubernetesModel

extension WritePipeline {
    /// Server-side apply: creates the object, or makes it hold what the manager wants of it.
    package func apply(
        _ configuration: KubernetesObject, as resource: APIResource, _ key: ObjectKey, options: WriteOptions, isForced: Bool,
        by writer: Writer, at now: Instant
    ) throws(StatusError) -> (object: KubernetesObject, isNew: Bool) {
        let stored = registry.storedForm(of: resource)
        let configuration = VersionConversion.convert(configuration, to: stored.gvk)
        var options = options
        options.isApply = true
        guard store.get(stored.groupResource, key) != nil else {
            let uid = configuration.uid
            guard uid.isEmpty else {
                throw .conflict(
                    resource.groupResource, key.name,
                    "uid mismatch: the provided object specified uid \(uid), and no existing object was found")
            }
            let object = try managers.apply(
                configuration, to: nil, isForced: isForced, by: writer, subresource: options.subresource, at: now
            )
            return (try create(object, as: resource, options: options, by: writer, at: now), true)
        }
        let result = try update(resource, key, options: options, by: writer, at: now) { current throws(StatusError) in
            try self.managers.apply(
                configuration, to: current, isForced: isForced, by: writer, subresource: options.subresource, at: now
            )
        }
        return (result, false)
    }
}
