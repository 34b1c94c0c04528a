package import KubernetesModel

/// What a deletion did.
package struct Deletion {
    /// As it is now, or was last.
    package let object: KubernetesObject
    /// False while finalizers or a grace period hold the object.
    package let isGone: Bool
}

extension WritePipeline {
    package func delete(
        _ resource: APIResource, _ key: ObjectKey, options: DeleteOptions = DeleteOptions(), by writer: Writer, at now: Instant
    ) throws(StatusError) -> Deletion {
        let stored = registry.storedForm(of: resource)
        guard let found = store.get(stored.groupResource, key) else { throw .notFound(resource.groupResource, key.name) }
        let old = view.object(found)
        try checkPreconditions(options, of: old)
        var none: KubernetesObject?
        let context = context(.delete, resource, key, isDryRun: options.isDryRun, by: writer, at: now)
        try admission.admit(&none, replacing: old, in: context)
        var object = old
        setFinalizers(of: &object, options.propagation)
        let grace = gracePeriod(of: old, options)
        guard grace > 0 || isHeld(object) else {
            // A pod that goes at once is marked first, as one that is given time.
            if stored.groupResource == StoreIndex.pods { mark(&object, replacing: old, grace: 0, at: now) }
            if !options.isDryRun, object.metadata.json != old.metadata.json {
                object = store.put(object, resource: stored.groupResource).object
            }
            return remove(object, stored: stored, isDryRun: options.isDryRun)
        }
        mark(&object, replacing: old, grace: grace, at: now)
        guard !options.isDryRun, !FieldManagers.isUnchanged(object, from: old) else { return Deletion(object: object, isGone: false) }
        if isReadyToGo(object) { return remove(object, stored: stored, isDryRun: false) }
        return Deletion(object: view.object(store.put(object, resource: stored.groupResource)), isGone: false)
    }

    private func remove(_ object: KubernetesObject, stored: APIResource, isDryRun: Bool) -> Deletion {
        if !isDryRun { store.remove(stored.groupResource, object.key) }
        return Deletion(object: object, isGone: true)
    }

    private func checkPreconditions(_ options: DeleteOptions, of object: KubernetesObject) throws(StatusError) {
        let subject = GroupResource(group: object.groupVersionKind.group, resource: object.kind)
        if let uid = options.requiredUID, uid != object.uid {
            throw .conflict(
                subject, object.name,
                "the UID in the precondition (\(uid)) does not match the UID in record (\(object.uid)). "
                    + "The object might have been deleted and then recreated"
            )
        }
        let version = object.metadata.resourceVersion
        if let required = options.requiredResourceVersion, required != version {
            throw .conflict(
                subject, object.name,
                "the ResourceVersion in the precondition (\(required)) does not match the ResourceVersion in record (\(version)). "
                    + "The object might have been modified"
            )
        }
    }

    /// How propagation is remembered: the garbage collector removes these finalizers once it has done its part.
    private func setFinalizers(of object: inout KubernetesObject, _ propagation: DeleteOptions.Propagation?) {
        guard let propagation else { return }
        var finalizers = object.metadata.finalizers.filter { $0 != "orphan" && $0 != "foregroundDeletion" }
        switch propagation {
        case .background: break
        case .foreground: finalizers.append("foregroundDeletion")
        case .orphan: finalizers.append("orphan")
        }
        if finalizers != object.metadata.finalizers { object.metadata.finalizers = finalizers }
    }

    private func isHeld(_ object: KubernetesObject) -> Bool {
        if !object.metadata.finalizers.isEmpty { return true }
        guard object.kind == "Namespace", object.apiVersion == "v1" else { return false }
        return object.spec["finalizers"]?.arrayValue?.isEmpty == false
    }

    /// Only pods are given time; those that run nowhere or have finished need none.
    private func gracePeriod(of object: KubernetesObject, _ options: DeleteOptions) -> Int {
        guard object.kind == "Pod", object.apiVersion == "v1" else { return 0 }
        if object.spec["nodeName"]?.stringValue?.isEmpty ?? true { return 0 }
        if Pod.isFinal(phase: object.status["phase"]?.stringValue) { return 0 }
        let period = options.gracePeriodSeconds ?? object.spec["terminationGracePeriodSeconds"]?.intValue ?? 30
        // As API servers have it since their beginning.
        return period < 0 ? 1 : period
    }

    private func mark(_ object: inout KubernetesObject, replacing old: KubernetesObject, grace: Int, at now: Instant) {
        var metadata = object.metadata
        let present = metadata.json["deletionGracePeriodSeconds"]?.intValue ?? 0
        let isBeingDeleted = metadata.deletionTimestamp != nil
        // A deletion under way can be made quicker, not slower.
        if isBeingDeleted, grace >= present { return }
        let start = isBeingDeleted ? KubernetesTime.parse(metadata.deletionTimestamp ?? "")?.advanced(by: .seconds(-present)) : nil
        metadata.json["deletionTimestamp"] = .string(KubernetesTime.seconds((start ?? now).advanced(by: .seconds(grace))))
        let isNamespace = object.kind == "Namespace" && object.apiVersion == "v1"
        // A namespace ends by itself, without a grace period to name.
        if !isNamespace { metadata.json["deletionGracePeriodSeconds"] = JSONValue(grace) }
        if !isBeingDeleted, let generation = metadata.generation { metadata.generation = generation + 1 }
        object.metadata = metadata
        if isNamespace { object["status", default: [:]]["phase"] = "Terminating" }
    }
}
