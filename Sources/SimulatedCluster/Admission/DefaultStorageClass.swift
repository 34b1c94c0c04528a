import KubernetesModel

/// Gives claims that name no class the default one; an empty name asks for none.
struct DefaultStorageClass: AdmissionPlugin {
    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isCreation(of: "persistentvolumeclaims"), object.json.object("spec")?.present("storageClassName") == nil,
            object.metadata.annotations["volume.beta.kubernetes.io/storage-class"] == nil,
            let storageClass = Self.standard(in: context.view)
        else { return }
        object.json.modifyOrCreate("spec") { $0["storageClassName"] = .string(storageClass.name) }
    }

    /// The youngest of the classes marked as default, and of those the first by name.
    static func standard(in view: ClusterView) -> KubernetesObject? {
        view.list(GroupResource(group: "storage.k8s.io", resource: "storageclasses"))
            .filter { storageClass in
                let annotations = storageClass.metadata.annotations
                return annotations["storageclass.kubernetes.io/is-default-class"] == "true"
                    || annotations["storageclass.beta.kubernetes.io/is-default-class"] == "true"
            }
            .max { left, right in
                let times = (left.metadata.creationTimestamp ?? "", right.metadata.creationTimestamp ?? "")
                return times.0 == times.1 ? left.name > right.name : times.0 < times.1
            }
    }
}
