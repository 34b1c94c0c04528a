import KubernetesModel

/// The objects of a cluster that a person has looked at lately, as they were: what can still be shown of it when it is lost.
final class SeenObjects {
    struct Seen {
        let object: KubernetesObject
        /// When it was true.
        let time: Instant
        fileprivate let size: Int
    }

    /// Of all objects together, in bytes.
    static let limit = 8 << 20

    private var seen: [ObjectReference: Seen] = [:]
    /// The one that was seen longest ago first.
    private var order: [ObjectReference] = []
    private var size = 0

    subscript(target: ObjectTarget) -> Seen? { seen[target.reference] }

    func keep(_ object: KubernetesObject, as target: ObjectTarget, at time: Instant) {
        let compact = object.compacted()
        forget(target.reference)
        let new = Seen(object: compact, time: time, size: compact.compactJSON.count)
        seen[target.reference] = new
        order.append(target.reference)
        size += new.size
        while size > Self.limit, let oldest = order.first { forget(oldest) }
    }

    private func forget(_ reference: ObjectReference) {
        guard let old = seen.removeValue(forKey: reference) else { return }
        order.removeAll { $0 == reference }
        size -= old.size
    }
}
