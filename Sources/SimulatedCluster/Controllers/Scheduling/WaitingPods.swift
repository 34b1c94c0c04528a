import KubernetesModel
import KubernetesSemantics

/// The pods without a node. What the scheduler knows of one it reads once for each of its revisions, and one that found no node it
/// looks at again only when something has changed.
struct WaitingPods {
    /// Shared by all who look at it: thousands of them are sorted for every turn.
    final class Entry {
        let stored: StoredObject
        let pod: SchedulablePod
        let created: String
        /// The generation of the cluster in which it found no node.
        fileprivate(set) var rejectedIn: Int?

        init(stored: StoredObject, pod: SchedulablePod, created: String, rejectedIn: Int?) {
            self.stored = stored
            self.pod = pod
            self.created = created
            self.rejectedIn = rejectedIn
        }
    }

    private var known: [String: Entry] = [:]

    /// Those that wait for a scheduler of this name, in the order in which it takes them.
    mutating func all(for scheduler: String, in view: ClusterView) -> [Entry] {
        var present: [String: Entry] = [:]
        for stored in view.store.pods(onNode: "") where !stored.isBeingDeleted {
            present[stored.uid] = entry(of: stored, in: view)
        }
        known = present
        return present.values.filter { $0.pod.schedulerName == scheduler && !$0.pod.isFinished }.sorted(by: Self.goesFirst)
    }

    func reject(_ entry: Entry, in generation: Int) {
        entry.rejectedIn = generation
    }

    private func entry(of stored: StoredObject, in view: ClusterView) -> Entry {
        let old = known[stored.uid]
        if let old, old.stored === stored { return old }
        let object = view.object(stored)
        let pod = SchedulablePod(object)
        let rejectedIn = old?.pod == pod ? old?.rejectedIn : nil
        return Entry(stored: stored, pod: pod, created: object.metadata.creationTimestamp ?? "", rejectedIn: rejectedIn)
    }

    private static func goesFirst(_ left: Entry, _ right: Entry) -> Bool {
        if left.pod.priority != right.pod.priority { return left.pod.priority > right.pod.priority }
        return left.created == right.created ? left.pod.key < right.pod.key : left.created < right.created
    }
}
