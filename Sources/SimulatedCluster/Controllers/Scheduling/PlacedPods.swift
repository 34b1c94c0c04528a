import KubernetesModel
import KubernetesSemantics

/// The cluster as the scheduler sees it. What it knows of a pod it reads once for each of the pod's revisions.
struct PlacedPods {
    private struct Entry {
        let revision: Int
        let pod: SchedulablePod
    }

    private var known: [String: Entry] = [:]
    private var nodes: [SchedulableNode] = []
    private var storage = SchedulingStorage()
    /// Grows whenever something changed by which a pod may find a node that found none before.
    private(set) var generation = 0

    mutating func world(in view: ClusterView) -> Scheduling {
        var hasChanged = update(&nodes, to: view.list(Resource.nodes).map { SchedulableNode($0) })
        let storage = SchedulingStorage(
            claims: view.list(Resource.persistentVolumeClaims).map { BindableClaim($0) },
            volumes: view.list(Resource.persistentVolumes).map { BindableVolume($0) },
            classes: view.list(Resource.storageClasses).map { BindingClass($0) })
        hasChanged = update(&self.storage, to: storage) || hasChanged
        var nodes = nodes
        var present: [String: Entry] = [:]
        for index in nodes.indices {
            for stored in view.store.pods(onNode: nodes[index].name) {
                let old = known[stored.uid]
                let entry =
                    old.flatMap { $0.revision == stored.revision ? $0 : nil }
                    ?? Entry(revision: stored.revision, pod: SchedulablePod(view.object(stored)))
                if old?.revision != entry.revision, old?.pod != entry.pod { hasChanged = true }
                present[stored.uid] = entry
                nodes[index].place(entry.pod)
            }
        }
        if hasChanged || present.count != known.count { generation += 1 }
        known = present
        return Scheduling(nodes: nodes, storage: storage)
    }

    /// - Returns: whether it was something else before.
    private func update<Value: Equatable>(_ value: inout Value, to new: Value) -> Bool {
        defer { value = new }
        return value != new
    }
}
