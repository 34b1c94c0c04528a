import KubernetesModel

/// The pods of a cluster by key, and in the order of their keys, which most rules walk: kept, because sorting thousands at every look
/// would cost more than all that is looked at.
struct PodIndex: Sendable {
    private(set) var byKey: [ObjectKey: PodFacts] = [:]
    private(set) var inOrder: [PodFacts] = []

    /// - Returns: whether this is news.
    mutating func insert(_ pod: PodFacts) -> Bool {
        let old = byKey[pod.key]
        // What is told again stays what it was: others remember it.
        if old == pod { return false }
        byKey[pod.key] = pod
        let place = place(of: pod.key)
        if old == nil {
            inOrder.insert(pod, at: place)
        } else {
            inOrder[place] = pod
        }
        return true
    }

    mutating func remove(_ key: ObjectKey) -> Bool {
        guard byKey.removeValue(forKey: key) != nil else { return false }
        inOrder.remove(at: place(of: key))
        return true
    }

    /// Where the key stands, or belongs.
    private func place(of key: ObjectKey) -> Int {
        var low = 0
        var high = inOrder.count
        while low < high {
            let middle = (low + high) / 2
            if inOrder[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
