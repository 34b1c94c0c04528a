import KubernetesClient
import KubernetesModel

/// How many pods lie on each node, counted from the pods as they come.
actor PodTally {
    private var nodes: [ObjectKey: (node: String, list: Int)] = [:]
    private var list = 0
    /// By the node's name; nil until all pods are known.
    private(set) var counts: [String: Int]?
    private var isComplete = false

    func apply(_ events: [ReflectorEvent]) {
        for event in events {
            switch event {
            case .restarting: list += 1
            case .initial(let pod), .applied(let pod):
                let pod = pod.parsed()
                // What has ended takes no place any more.
                nodes[pod.key] = Pod(pod).isFinished ? nil : pod.spec["nodeName"]?.stringValue.map { (node: $0, list: list) }
            case .deleted(let pod): nodes[pod.key] = nil
            case .ready:
                nodes = nodes.filter { $0.value.list == list }
                isComplete = true
            case .progress, .degraded, .recovered: break
            }
        }
        if isComplete { counts = nodes.values.reduce(into: [:]) { $0[$1.node, default: 0] += 1 } }
    }
}
