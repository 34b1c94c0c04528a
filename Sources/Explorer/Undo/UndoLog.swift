import KubernetesClient
import KubernetesModel

/// What was changed and deleted lately, as it had been and as it became, so that it can be taken back. The oldest goes when there are too
/// many changes, or too much of them.
final class UndoLog {
    struct Entry {
        let id: Int
        /// `Deleted pod shop/cart-0`.
        let title: String
        var kept: [Kept]
    }

    /// One object's change.
    struct Kept {
        /// In the cluster that has the log: one that named its session would keep it alive for ever.
        let target: ObjectTarget
        let before: KubernetesObject
        /// Nil when it was deleted.
        let after: KubernetesObject?
        /// Whose place its controller has filled already: bringing it back would only make one too many.
        let replacement: OwnerReference?

        init(target: ObjectTarget, before: KubernetesObject, after: KubernetesObject?) {
            self.target = target.unbound
            self.before = before.compacted()
            self.after = after?.compacted()
            replacement = after == nil ? before.metadata.controller : nil
        }

        fileprivate var bytes: Int { before.compactJSON.count + (after?.compactJSON.count ?? 0) }
    }

    /// The changes of one action, while they are made; none once there are more of them than may be held.
    struct Changes {
        private(set) var kept: [Kept] = []
        private(set) var areTooMuch = false
        private var bytes = 0
        private let byteLimit: Int

        fileprivate init(byteLimit: Int) {
            self.byteLimit = byteLimit
        }

        mutating func add(_ change: Kept) {
            bytes += change.bytes
            if bytes > byteLimit { (kept, areTooMuch) = ([], true) } else { kept.append(change) }
        }
    }

    private static let limit = 20
    /// Of all that is held.
    private let byteLimit: Int

    /// The newest last.
    private(set) var entries: [Entry] = []
    private var nextID = 1

    init(byteLimit: Int = 32 << 20) {
        self.byteLimit = byteLimit
    }

    /// To be filled by an action that begins now.
    func noChanges() -> Changes { Changes(byteLimit: byteLimit) }

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
        // What was asked for may have been so already.
        let kept = kept.filter { $0.inverse?.patch.isEmpty != true }
        guard !kept.isEmpty else { return }
        entries.append(Entry(id: nextID, title: title, kept: kept))
        nextID += 1
        while entries.count > Self.limit || bytes > byteLimit { entries.removeFirst() }
    }

    private var bytes: Int { entries.reduce(0) { $1.kept.reduce($0) { $0 + $1.bytes } } }

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
