package import KubernetesModel

/// What the scheduler decides by about a node: the node itself, and the pods that it has already.
package struct SchedulableNode: Sendable, Hashable {
    package var name: String
    package var labels: [String: String]
    package var taints: [Taint]
    package var isUnschedulable: Bool
    package var allocatable: ResourceAmounts
    package private(set) var used = ResourceAmounts()
    package private(set) var pods: [SchedulablePod] = []

    package init(_ node: KubernetesObject) {
        let node = node.parsed()
        let metadata = node.metadata
        name = metadata.name
        labels = metadata.labels
        taints = node.spec["taints"]?.arrayValue?.map(Taint.init) ?? []
        isUnschedulable = node.spec["unschedulable"]?.boolValue ?? false
        allocatable = ResourceAmounts(node.status["allocatable"] ?? node.status["capacity"])
    }

    /// Counts a pod that runs here or was promised the place. Finished pods hold nothing.
    package mutating func place(_ pod: SchedulablePod) {
        guard !pod.isFinished else { return }
        pods.append(pod)
        used = used + pod.requests
    }

    package mutating func remove(_ pod: SchedulablePod) {
        guard let index = pods.firstIndex(where: { $0.uid == pod.uid }) else { return }
        pods.remove(at: index)
        used = used - pod.requests
    }

    package var free: ResourceAmounts { allocatable - used }
}
