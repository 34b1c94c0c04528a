package import KubernetesModel

extension WritePipeline {
    /// Creates an object of a resource; the object is in that resource's version, the result in the stored one.
    package func create(
        _ object: KubernetesObject, as resource: APIResource, options: WriteOptions = WriteOptions(), by writer: Writer, at now: Instant
    ) throws(StatusError) -> KubernetesObject {
        let stored = registry.storedForm(of: resource)
        var object = VersionConversion.convert(object, to: stored.gvk)
        guard object.metadata.resourceVersion.isEmpty else {
            throw .badRequest("resourceVersion should not be set on objects to be created")
        }
        fillSystemFields(&object, resource: stored, at: now)
        let context = context(.create, resource, object.key, isDryRun: options.isDryRun, by: writer, at: now)
        if let namespace = object.namespace { try checkNamespace(namespace, accepts: object, of: resource) }
        try admit(&object, replacing: nil, in: context)
        strategy(of: stored).prepareForCreate(&object)
        applyDefaults(to: &object, of: stored)
        try validate(&object, replacing: nil, in: context)
        if !options.isApply { managers.noteCreation(of: &object, by: writer, at: now) }
        guard store.get(stored.groupResource, object.key) == nil else {
            throw .alreadyExists(resource.groupResource, object.name)
        }
        if options.isDryRun {
            object["metadata", default: [:]]["resourceVersion"] = nil
            return object
        }
        return view.object(try store.write(object, resource: stored.groupResource))
    }

    private func fillSystemFields(_ object: inout KubernetesObject, resource: APIResource, at now: Instant) {
        object.apiVersion = resource.groupVersion.apiVersion
        object.kind = resource.kind
        var metadata = object.metadata
        if !resource.isNamespaced { metadata.json["namespace"] = nil }
        for key in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] { metadata.json[key] = nil }
        if metadata.name.isEmpty, let prefix = metadata.generateName, !prefix.isEmpty {
            metadata.name = generatedName(prefix, resource: resource, namespace: metadata.namespace)
        }
        metadata.json["uid"] = .string(random.uuid())
        metadata.json["creationTimestamp"] = .string(KubernetesTime.seconds(now))
        object.metadata = metadata
    }

    /// A free name: of a prefix that is cut to leave room, and five characters.
    private func generatedName(_ prefix: String, resource: APIResource, namespace: String?) -> String {
        let prefix = String(prefix.prefix(58))
        var name = prefix + random.suffix()
        for _ in 0..<8 where store.get(resource.groupResource, ObjectKey(namespace: namespace, name: name)) != nil {
            name = prefix + random.suffix()
        }
        return name
    }

    private func checkNamespace(_ name: String, accepts object: KubernetesObject, of resource: APIResource) throws(StatusError) {
        let namespaces = GroupResource(resource: "namespaces")
        guard let namespace = store.get(namespaces, ObjectKey(name: name)) else { throw .notFound(namespaces, name) }
        guard namespace.isBeingDeleted else { return }
        // What tells how the namespace goes must still be told.
        if ["events", "localsubjectaccessreviews"].contains(resource.name) { return }
        var error = StatusError.forbidden(
            resource.groupResource, object.name, "unable to create new content in namespace \(name) because it is being terminated"
        )
        error.details?.causes = [
            StatusError.Cause(
                reason: "NamespaceTerminating", message: "namespace \(name) is being terminated", field: "metadata.namespace"
            )
        ]
        throw error
    }

    func admit(
        _ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext
    ) throws(StatusError) {
        applyDefaults(to: &object, of: context.resource)
        var admitted: KubernetesObject? = object
        try admission.admit(&admitted, replacing: old, in: context)
        object = admitted ?? object
        applyDefaults(to: &object, of: context.resource)
    }

    private func applyDefaults(to object: inout KubernetesObject, of resource: APIResource) {
        if let custom = registry.custom(resource.gvr) {
            StructuralSchema(of: custom).applyDefaults(to: &object)
        } else {
            Defaults.apply(to: &object)
        }
    }

    func validate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        var errors = ObjectValidator.validate(object, replacing: old, in: context)
        if let custom = registry.custom(context.resource.gvr) { errors += StructuralSchema(of: custom).errors(in: object, replacing: old) }
        guard errors.isEmpty else { throw .invalid(context.resource.gvk, object.name, errors) }
        if let warnings = context.warnings {
            for text in ObjectWarnings.about(object, replacing: old, in: context) { warnings.add(text) }
        }
        try admission.finish(&object, replacing: old, in: context)
    }
}
