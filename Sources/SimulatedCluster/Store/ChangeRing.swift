import DequeModule

/// The latest changes, so that a watch can start in the past.
struct ChangeRing {
    static let capacity = 10_000

    private var changes = Deque<StoreChange>()
    /// What happened up to and including this revision can't be asked for any more.
    private(set) var compactedRevision = 0

    mutating func append(_ change: StoreChange) {
        changes.append(change)
        if changes.count > Self.capacity { compact(changes[changes.count - Self.capacity - 1].revision) }
    }

    mutating func compact(_ revision: Int) {
        while let first = changes.first, first.revision <= revision {
            compactedRevision = first.revision
            changes.removeFirst()
        }
        compactedRevision = max(compactedRevision, revision)
    }

    /// The changes after a revision, oldest first; nil when some of them are gone.
    func since(_ revision: Int) -> Deque<StoreChange>.SubSequence? {
        guard revision >= compactedRevision else { return nil }
        var low = changes.startIndex
        var high = changes.endIndex
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].revision <= revision { low = middle + 1 } else { high = middle }
        }
        return changes[low...]
    }
}
