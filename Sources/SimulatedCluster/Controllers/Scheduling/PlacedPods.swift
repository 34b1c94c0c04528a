import KubernetesModel
import KubernetesSemantics

/// The cluster as the scheduler sees it. What it knows of a pod it reads once for each of the pod's revisions.
struct PlacedPods {
    private var known: [String: (revision: Int, pod: SchedulablePod)] = [:]

    mutating func world(in view: ClusterView) -> Scheduling {
        var nodes = view.list(Resource.nodes).map { SchedulableNode($0) }
        var present: [String: (revision: Int, pod: SchedulablePod)] = [:]
        for index in nodes.indices {
            for stored in view.store.pods(onNode: nodes[index].name) {
                let entry = known[stored.uid].flatMap { $0.revision == stored.revision ? $0 : nil }
                    ?? (stored.revision, SchedulablePod(view.object(stored)))
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
