import KubernetesModel
import KubernetesSemantics

/// Why a kubelet refuses a pod that was bound to its node, by whomever: it looks at its own node once more.
struct KubeletAdmission {
    struct Refusal: Equatable {
        var reason: String
        var message: String
    }

    private let node: SchedulableNode

    /// - Parameter pods: those that run here already.
    init(_ node: KubernetesObject, pods: [KubernetesObject]) {
        var schedulable = SchedulableNode(node)
        for pod in pods { schedulable.place(SchedulablePod(pod)) }
        self.node = schedulable
    }

    func refusal(of object: KubernetesObject) -> Refusal? {
        let pod = SchedulablePod(object)
        let used = node.used
        for (name, amount) in pod.requests.amounts.sorted(by: { $0.key < $1.key }) where amount > 0 && amount > node.free[name] {
            return Refusal(
                reason: "OutOf\(name)",
                message: "Node didn't have enough resource: \(name), requested: \(amount), used: \(used[name]), "
                    + "capacity: \(node.allocatable[name])")
        }
        let room = node.allocatable["pods"]
        if node.pods.count >= room {
            return Refusal(
                reason: "OutOfpods",
                message: "Node didn't have enough resource: pods, requested: 1, used: \(node.pods.count), capacity: \(room)")
        }
        let isSelected = pod.nodeSelector.allSatisfy { node.labels[$0.key] == $0.value }
        guard isSelected, pod.nodeAffinity?.matches(name: node.name, labels: node.labels) ?? true else {
            return Refusal(
                reason: "NodeAffinity", message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector")
        }
        return nil
    }
}
