import KubernetesModel
import KubernetesSemantics

/// The cluster as the scheduler sees it. What it knows of a pod it reads once for each of the pod's revisions.
struct PlacedPods {
    private struct Entry {
        let revision: Int
        let pod: SchedulablePod
    }

    private var known: [String: Entry] = [:]

    mutating func world(in view: ClusterView) -> Scheduling {
        var nodes = view.list(Resource.nodes).map { SchedulableNode($0) }
        var present: [String: Entry] = [:]
        for index in nodes.indices {
            for stored in view.store.pods(onNode: nodes[index].name) {
                let entry = known[stored.uid].flatMap { $0.revision == stored.revision ? $0 : nil }
                    ?? Entry(revision: stored.revision, pod: SchedulablePod(view.object(stored)))
                present[stored.uid] = entry
                nodes[index].place(entry.pod)
            }
        }
        known = present
        let storage = SchedulingStorage(
            claims: view.list(Resource.persistentVolumeClaims).map { BindableClaim($0) },
            volumes: view.list(Resource.persistentVolumes).map { BindableVolume($0) },
            classes: view.list(Resource.storageClasses).map { BindingClass($0) })
        return Scheduling(nodes: nodes, storage: storage)
    }
}
