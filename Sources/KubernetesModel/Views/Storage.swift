package struct PersistentVolume: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    /// `Available`, `Bound`, `Released` or `Failed`.
    package var phase: String { status.string("phase") ?? "" }
    package var capacity: Quantity { spec.quantity("capacity", "storage") ?? .zero }
    package var accessModes: [String] { spec.strings("accessModes") }
    package var reclaimPolicy: String { spec.string("persistentVolumeReclaimPolicy") ?? "Retain" }
    package var storageClassName: String { spec.string("storageClassName") ?? "" }
    package var volumeMode: String { spec.string("volumeMode") ?? "Filesystem" }
    package var nodeAffinity: JSONValue? { spec[path: ["nodeAffinity", "required"]] }
    /// The claim it is bound to, or kept for.
    package var claim: ObjectReference? {
        guard let reference = spec["claimRef"], let name = reference.string("name") else { return nil }
        return ObjectReference(
            apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: reference.string("namespace"), name: name, uid: reference.string("uid")
        )
    }
}

package struct PersistentVolumeClaim: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    /// `Pending`, `Bound` or `Lost`.
    package var phase: String { status.string("phase") ?? "" }
    /// Nil until the claim is bound.
    package var volumeName: String? { spec.string("volumeName").flatMap { $0.isEmpty ? nil : $0 } }
    /// Nil asks for the default class; empty for none.
    package var storageClassName: String? { spec.string("storageClassName") ?? annotations["volume.beta.kubernetes.io/storage-class"] }
    package var accessModes: [String] { spec.strings("accessModes") }
    package var volumeMode: String { spec.string("volumeMode") ?? "Filesystem" }
    package var requested: Quantity { spec.quantity("resources", "requests", "storage") ?? .zero }
    package var capacity: Quantity? { status.quantity("capacity", "storage") }
    package var selector: LabelSelector? { spec.labelSelector("selector") }
    package var dataSource: JSONValue? { spec["dataSource"] }
}

package struct StorageClass: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var provisioner: String { object["provisioner"]?.stringValue ?? "" }
    package var reclaimPolicy: String { object["reclaimPolicy"]?.stringValue ?? "Delete" }
    package var volumeBindingMode: String { object["volumeBindingMode"]?.stringValue ?? "Immediate" }
    package var waitsForFirstConsumer: Bool { volumeBindingMode == "WaitForFirstConsumer" }
    package var allowsExpansion: Bool { object["allowVolumeExpansion"]?.boolValue ?? false }
    package var parameters: [String: String] { object["parameters"]?.stringMap ?? [:] }
    package var allowedTopologies: [JSONValue] { object["allowedTopologies"]?.arrayValue ?? [] }
    package var isDefault: Bool {
        annotations["storageclass.kubernetes.io/is-default-class"] == "true"
            || annotations["storageclass.beta.kubernetes.io/is-default-class"] == "true"
    }
}
