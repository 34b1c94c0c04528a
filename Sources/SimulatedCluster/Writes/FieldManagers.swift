import KubernetesModel

/// Remembers who owns which field (`metadata.managedFields`).
struct FieldManagers {
    let registry: ResourceRegistry

    func noteCreation(of object: inout KubernetesObject, by writer: Writer, at now: Instant) {
        note(&object, replacing: nil, by: writer, subresource: nil, at: now)
    }

    func noteUpdate(
        of object: inout KubernetesObject, replacing old: KubernetesObject, by writer: Writer, subresource: String?, at now: Instant
    ) {
        note(&object, replacing: old, by: writer, subresource: subresource, at: now)
    }

    private func note(
        _ object: inout KubernetesObject, replacing old: KubernetesObject?, by writer: Writer, subresource: String?, at now: Instant
    ) {
        // Events come by the thousand, and nobody applies them.
        guard !writer.fieldManager.isEmpty, object.kind != "Event" else { return }
        let managed = ServerSideApply.update(
            object, replacing: old, root: registry.fields(of: object.groupVersionKind), manager: writer.fieldManager,
            subresource: subresource ?? "", at: now
        )
        object["metadata", default: [:]]["managedFields"] = managed
    }

    /// Lays an applied configuration over the object; its manager then owns what it says.
    func apply(
        _ configuration: KubernetesObject, to live: KubernetesObject?, isForced: Bool, by writer: Writer, subresource: String?,
        at now: Instant
    ) throws(StatusError) -> KubernetesObject {
        do throws(PatchError) {
            return try ServerSideApply.apply(
                configuration.json, to: live, root: registry.fields(of: configuration.groupVersionKind), manager: writer.fieldManager,
                subresource: subresource ?? "", force: isForced, at: now
            )
        } catch {
            throw StatusError(error)
        }
    }

    /// Whether a write would change nothing, neither of the object nor of who owns what.
    static func isUnchanged(_ object: KubernetesObject, from old: KubernetesObject) -> Bool {
        comparable(object) == comparable(old)
    }

    private static func comparable(_ object: KubernetesObject) -> JSONObject {
        var json = object.json
        json["metadata"]?["resourceVersion"] = nil
        guard let managers = json["metadata"]?["managedFields"]?.arrayValue else { return json }
        json["metadata"]?["managedFields"] = .array(
            managers.map { manager in
                var manager = manager
                manager["time"] = nil
                return manager
            })
        return json
    }
}
