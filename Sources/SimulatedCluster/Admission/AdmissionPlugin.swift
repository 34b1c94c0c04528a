import KubernetesModel

/// One rule of admission. A plugin looks at the cluster through the context and keeps no state of its own, unless it says so.
protocol AdmissionPlugin {
    /// Completes an object before it is validated, or refuses it.
    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError)
    /// Refuses a valid object.
    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError)
    /// Refuses a deletion.
    func checkDeletion(of old: KubernetesObject, in context: WriteContext) throws(StatusError)
}

extension AdmissionPlugin {
    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {}
    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {}
    func checkDeletion(of old: KubernetesObject, in context: WriteContext) throws(StatusError) {}
}

extension WriteContext {
    /// Whether this is a write of an object itself, not of a subresource.
    func isWhole(_ resource: String, group: String = "") -> Bool {
        subresource == nil && groupResource == GroupResource(group: group, resource: resource)
    }

    func isCreation(of resource: String, group: String = "") -> Bool {
        operation == .create && isWhole(resource, group: group)
    }

    /// As a server refuses in admission: `pods "p" is forbidden: …`.
    func forbidden(_ problem: String) -> StatusError {
        .forbidden(groupResource, key.name, problem)
    }

    func get(_ resource: String, group: String = "", _ name: String, namespaced: Bool = false) -> KubernetesObject? {
        view.get(GroupResource(group: group, resource: resource), ObjectKey(namespace: namespaced ? key.namespace : nil, name: name))
    }

    /// The objects of a resource in the namespace of the write.
    func neighbours(_ resource: String) -> [KubernetesObject] {
        view.list(GroupResource(resource: resource), namespace: key.namespace)
    }
}
