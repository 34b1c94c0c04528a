package import KubernetesModel

extension WritePipeline {
    /// Replaces an object by what `change` makes of the present one; both are in the stored version, as is the result.
    ///
    /// A change that changes nothing writes nothing. A change that removes the last finalizer of an object being deleted
    /// deletes it.
    package func update(
        _ resource: APIResource, _ key: ObjectKey, options: WriteOptions = WriteOptions(), by writer: Writer, at now: Instant,
        change: (KubernetesObject) throws(StatusError) -> KubernetesObject
    ) throws(StatusError) -> KubernetesObject {
        let stored = registry.storedForm(of: resource)
        guard let found = store.get(stored.groupResource, key) else { throw .notFound(resource.groupResource, key.name) }
        let old = view.object(found)
        var object = VersionConversion.convert(try change(old), to: stored.gvk)
        try checkIdentity(of: &object, against: old, resource: resource, key: key)
        let context = context(.update, resource, key, subresource: options.subresource, isDryRun: options.isDryRun, by: writer, at: now)
        try admit(&object, replacing: old, in: context)
        let strategy = strategy(of: stored)
        strategy.prepareForUpdate(&object, replacing: old, subresource: options.subresource)
        try validate(&object, replacing: old, in: context)
        if !options.isApply {
            managers.noteUpdate(of: &object, replacing: old, by: writer, subresource: options.subresource, at: now)
        }
        return try finish(object, replacing: old, stored: stored, isDryRun: options.isDryRun)
    }

    /// The name, the uid and the version that an update names must be those of the object that is there.
    private func checkIdentity(
        of object: inout KubernetesObject, against old: KubernetesObject, resource: APIResource, key: ObjectKey
    ) throws(StatusError) {
        let metadata = object.metadata
        if !metadata.uid.isEmpty, metadata.uid != old.uid {
            throw .conflict(
                resource.groupResource, key.name,
                "StorageError: invalid object, Code: 4, Key: /registry/\(resource.name)/\(key), ResourceVersion: 0, AdditionalErrorMsg: "
                    + "Precondition failed: UID in precondition: \(metadata.uid), UID in object meta: \(old.uid)"
            )
        }
        let version = metadata.resourceVersion
        guard version.isEmpty || version == "0" || version == old.metadata.resourceVersion else {
            throw .conflict(resource.groupResource, key.name, StatusError.modifiedMeanwhile)
        }
        object["metadata", default: [:]]["resourceVersion"] = old["metadata"]?["resourceVersion"]
        object["metadata", default: [:]]["name"] = .string(key.name)
        object["metadata", default: [:]]["namespace"] = key.namespace.map(JSONValue.string)
    }

    private func finish(
        _ object: KubernetesObject, replacing old: KubernetesObject, stored: APIResource, isDryRun: Bool
    ) throws(StatusError) -> KubernetesObject {
        if FieldManagers.isUnchanged(object, from: old) { return old }
        if isDryRun { return object }
        if isReadyToGo(object) {
            store.remove(stored.groupResource, object.key)
            return object
        }
        return view.object(try store.write(object, resource: stored.groupResource))
    }

    /// Whether nothing holds back an object that is being deleted any more.
    func isReadyToGo(_ object: KubernetesObject) -> Bool {
        let metadata = object.metadata
        guard metadata.deletionTimestamp != nil, metadata.finalizers.isEmpty else { return false }
        if object.kind == "Namespace", object.apiVersion == "v1", object.spec["finalizers"]?.arrayValue?.isEmpty == false { return false }
        return (metadata.json["deletionGracePeriodSeconds"]?.intValue ?? 0) == 0
    }

    /// Assigns a pod to a node, as the scheduler does.
    package func bind(_ key: ObjectKey, to node: String, by writer: Writer, at now: Instant) throws(StatusError) -> KubernetesObject {
        let pods = StoreIndex.pods
        guard let found = store.get(pods, key) else { throw .notFound(pods, key.name) }
        let old = view.object(found)
        let assigned = old.spec["nodeName"]?.stringValue ?? ""
        guard old.metadata.deletionTimestamp == nil else {
            throw .conflict(pods, key.name, "pod \(key.name) is being deleted, cannot be assigned to a host")
        }
        guard assigned.isEmpty else {
            throw .conflict(pods, key.name, "pod \(key.name) is already assigned to node \"\(assigned)\"")
        }
        var object = old
        object["spec", default: [:]]["nodeName"] = .string(node)
        object["status", default: [:]]["conditions"] = .array(scheduledConditions(of: old, at: now))
        managers.noteUpdate(of: &object, replacing: old, by: writer, subresource: "binding", at: now)
        return view.object(store.put(object, resource: pods))
    }

    private func scheduledConditions(of pod: KubernetesObject, at now: Instant) -> [JSONValue] {
        let others = pod.status["conditions"]?.arrayValue?.filter { $0["type"]?.stringValue != "PodScheduled" } ?? []
        let scheduled: JSONValue = [
            "type": "PodScheduled", "status": "True", "lastProbeTime": .null, "lastTransitionTime": .string(KubernetesTime.seconds(now)),
        ]
        return others + [scheduled]
    }
}
