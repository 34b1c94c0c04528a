import KubernetesModel

/// Compares objects as writes see them.
enum FieldManagers {
    static func noteCreation(of object: inout KubernetesObject, by writer: Writer, at now: Instant) {}

    static func noteUpdate(of object: inout KubernetesObject, replacing old: KubernetesObject, by writer: Writer, subresource: String?, at now: Instant) {}

    /// Whether a write would change nothing but who wrote it.
    static func isUnchanged(_ object: KubernetesObject, from old: KubernetesObject) -> Bool {
        comparable(object) == comparable(old)
    }

    private static func comparable(_ object: KubernetesObject) -> JSONObject {
        var json = object.json
        json["metadata"]?["managedFields"] = nil
        json["metadata"]?["resourceVersion"] = nil
        return json
    }
}
