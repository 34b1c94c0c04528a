import KubernetesModel
import KubernetesSemantics

/// The kubelets of all nodes, and the way in for the API server.
final class Kubelets {
    let world: MachineWorld
    private var kubelets: [String: Kubelet] = [:]
    /// What changed and was not passed on yet: a kubelet hears of a change after the write is done, not within it.
    private var pending: [StoreChange] = []

    init(world: MachineWorld) {
        self.world = world
        world.parts.store.observe { [weak self] change in self?.note(change) }
    }

    func add(node: String, address: IPv4, podRange: IPv4Range) {
        kubelets[node] = Kubelet(node: node, address: address, podRange: podRange, world: world)
    }

    func kubelet(_ node: String) -> Kubelet? { kubelets[node] }

    func setPower(_ isOn: Bool, of node: String) -> Bool {
        kubelets[node]?.setPower(isOn)
        return kubelets[node] != nil
    }

    private func note(_ change: StoreChange) {
        guard [Resource.pods, Resource.configMaps, Resource.secrets].contains(change.resource) else { return }
        if pending.isEmpty { world.parts.timeline.schedule(at: world.now) { [weak self] in self?.passOn() } }
        pending.append(change)
    }

    private func passOn() {
        let changes = pending
        pending = []
        for change in changes {
            guard change.resource == Resource.pods else {
                for (_, kubelet) in kubelets.sorted(by: { $0.key < $1.key }) {
                    kubelet.configurationChanged(namespace: change.key.namespace)
                }
                continue
            }
            guard let node = change.object.field("spec.nodeName"), let kubelet = kubelets[node] else { continue }
            if change.kind == .deleted {
                kubelet.forget(uid: change.object.uid)
            } else if let pod = world.parts.view.get(Resource.pods, change.key), pod.uid == change.object.uid {
                kubelet.sync(pod)
            }
        }
    }

    /// The worker and record of a container, or the API's words for why there is none.
    func find(_ pod: KubernetesObject, container: String) throws(StatusError) -> (PodWorker, ContainerRecord)? {
        let lists = ["containers", "initContainers", "ephemeralContainers"]
        let names = lists.flatMap { pod.spec[$0]?.arrayValue ?? [] }.compactMap { $0["name"]?.stringValue }
        guard names.contains(container) else { throw .badRequest("container \(container) is not valid for pod \(pod.name)") }
        guard let node = pod.spec["nodeName"]?.stringValue, let worker = kubelets[node]?.worker(uid: pod.uid),
            let record = worker.all.first(where: { $0.name == container })
        else { return nil }
        return (worker, record)
    }
}
