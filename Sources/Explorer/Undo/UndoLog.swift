import KubernetesClient
import KubernetesModel

/// What was changed and deleted lately, with the objects as they had been, so that it can be taken back.
final class UndoLog {
    /// An object before a change.
    struct Kept {
        let target: ObjectTarget
        let object: KubernetesObject
        let wasDeleted: Bool
    }

    struct Entry {
        /// `Deleted pod shop/cart-0`.
        let title: String
        let kept: [Kept]
    }

    private static let limit = 20

    /// The newest last.
    private(set) var entries: [Entry] = []

    /// Reads an object before it is changed; nil when there is nothing to keep.
    static func keep(_ write: Write, _ client: ClusterClient) async -> Kept? {
        guard write.effect != .other else { return nil }
        let target = write.target
        guard let object = try? await client.get(target.resource.gvr, namespace: target.namespace, name: target.name) else { return nil }
        return Kept(target: target, object: object.withoutManagedFields, wasDeleted: write.effect == .deletes)
    }

    func record(_ kept: [Kept], title: String) {
        guard !kept.isEmpty else { return }
        entries.append(Entry(title: title, kept: kept))
        if entries.count > Self.limit { entries.removeFirst() }
    }

    func remove(at index: Int) {
        entries.remove(at: index)
    }
}

extension UndoLog.Kept {
    /// Brings the object back as it was.
    var restoring: Write {
        if wasDeleted {
            return Write(target: target, request: "POST \(target.resource.gvr.path(namespace: target.namespace))", effect: .other) { client in
                _ = try await client.create(fresh, as: target.resource.gvr, namespace: target.namespace)
            }
        }
        return Write(target: target, request: "PUT \(target.path)", effect: .other) { client in
            let current = try await client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
            _ = try await client.update(object.replacing(version: current), as: target.resource.gvr, namespace: target.namespace, name: target.name)
        }
    }

    /// The object without what only the server may say, ready to be created again.
    var fresh: KubernetesObject {
        var json = object.json
        json["status"] = nil
        if case .object(var metadata)? = json["metadata"] {
            for key in ["uid", "resourceVersion", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] {
                metadata[key] = nil
            }
            json["metadata"] = .object(metadata)
        }
        // A pod is placed anew: its node may be gone.
        if target.resource.name == "pods", case .object(var spec)? = json["spec"] {
            spec["nodeName"] = nil
            json["spec"] = .object(spec)
        }
        return KubernetesObject(json)
    }
}

extension KubernetesObject {
    /// The same content as a change of what is there now.
    fileprivate func replacing(version current: KubernetesObject) -> KubernetesObject {
        var json = json
        guard case .object(var metadata)? = json["metadata"] else { return self }
        metadata["resourceVersion"] = .string(current.metadata.resourceVersion)
        json["metadata"] = .object(metadata)
        return KubernetesObject(json)
    }
}
