import KubernetesClient
import KubernetesModel

/// What was changed and deleted lately, as it had been and as it became, so that it can be taken back.
final class UndoLog {
    struct Entry {
        let id: Int
        /// `Deleted pod shop/cart-0`.
        let title: String
        var kept: [Kept]
    }

    /// One object's change.
    struct Kept {
        let target: ObjectTarget
        let before: KubernetesObject
        /// Nil when it was deleted.
        let after: KubernetesObject?

        /// Whose place its controller has filled already: bringing it back would only make one too many.
        var replacement: OwnerReference? { after == nil ? before.metadata.controller : nil }
    }

    private static let limit = 20

    /// The newest last.
    private(set) var entries: [Entry] = []
    private var nextID = 1

    /// Reads an object before it is changed; nil when there is nothing to keep.
    static func before(_ write: Write, _ client: ClusterClient) async -> KubernetesObject? {
        write.effect == .other ? nil : try? await write.target.read(client)
    }

    /// - Parameter answer: what became of the object, where the server told.
    static func keep(_ before: KubernetesObject, _ write: Write, _ answer: KubernetesObject?, _ client: ClusterClient) async -> Kept? {
        guard write.effect == .changes else { return Kept(target: write.target, before: before, after: nil) }
        guard let after = if let answer { answer } else { try? await write.target.read(client) } else { return nil }
        return Kept(target: write.target, before: before, after: after)
    }

    func record(_ kept: [Kept], title: String) {
        guard !kept.isEmpty else { return }
        entries.append(Entry(id: nextID, title: title, kept: kept))
        nextID += 1
        if entries.count > Self.limit { entries.removeFirst() }
    }

    /// What was taken back once is not offered again; what could not be stays.
    func forget(_ target: ObjectTarget, ofEntry id: Int) {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return }
        entries[index].kept.removeAll { $0.target == target }
        if entries[index].kept.isEmpty { entries.remove(at: index) }
    }
}

extension ObjectTarget {
    func read(_ client: ClusterClient) async throws(ClientError) -> KubernetesObject {
        try await client.get(resource.gvr, namespace: namespace, name: name)
    }

    /// Nil where there is none.
    func readIfThere(_ client: ClusterClient) async throws(ClientError) -> KubernetesObject? {
        do throws(ClientError) {
            return try await read(client)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }
}

extension UndoLog.Kept {
    /// The object without what only the server may say, ready to be created again.
    var fresh: KubernetesObject {
        var json = InverseChange.own(before.json)
        // A pod is placed anew: its node may be gone.
        if target.resource.name == "pods", case .object(var spec)? = json["spec"] {
            spec["nodeName"] = nil
            json["spec"] = .object(spec)
        }
        return KubernetesObject(json)
    }
}
