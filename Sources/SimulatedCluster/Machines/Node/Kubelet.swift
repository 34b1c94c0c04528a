import KubernetesModel
import KubernetesSemantics

/// One node's kubelet: runs the pods that are bound to its node.
final class Kubelet {
    let node: String
    let address: IPv4
    let world: MachineWorld
    private let podRange: IPv4Range
    private var nextOffset: UInt32 = 2
    /// Images on the node's disk, by their full references.
    private(set) var images: Set<String>
    private var workers: [String: PodWorker] = [:]
    let disk: Disk
    /// What is on the node's disk.
    let files: FileTree
    /// False while the machine is switched off: it neither works nor tells anybody.
    private(set) var isOn = true

    init(node: String, address: IPv4, podRange: IPv4Range, world: MachineWorld) {
        self.node = node
        self.address = address
        self.podRange = podRange
        self.world = world
        images = world.catalog.present
        let object = world.parts.view.get(Resource.nodes, ObjectKey(name: node))
        disk = Disk(capacity: Quantity(object?.status["capacity"]?["ephemeral-storage"])?.value ?? .max, within: world.store)
        files = NodeFiles.tree(of: node, osImage: object?.status["nodeInfo"]?["osImage"]?.stringValue ?? "Linux", on: disk)
        world.network.attachNode(address)
        beginHeartbeat()
    }

    var writer: Writer {
        Writer(user: .system("system:node:\(node)", groups: ["system:nodes"]), fieldManager: "kubelet")
    }

    /// Switches the machine off, with all that runs on it, or on again; then it begins anew with what is bound to it.
    func setPower(_ isOn: Bool) {
        guard isOn != self.isOn else { return }
        self.isOn = isOn
        if isOn {
            for pod in world.parts.view.pods(onNode: node) { sync(pod) }
        } else {
            for uid in workers.keys.sorted() { forget(uid: uid) }
        }
    }

    /// Tells the kubelet of a pod as it is now.
    func sync(_ pod: KubernetesObject) {
        guard isOn else { return }
        if let worker = workers[pod.uid] {
            worker.update(pod)
            return
        }
        let isFinished = Pod.isFinal(phase: pod.status["phase"]?.stringValue)
        if isFinished, pod.metadata.deletionTimestamp == nil { return }
        let refusal = refusal(of: pod)
        let worker = PodWorker(pod, kubelet: self)
        workers[pod.uid] = worker
        if let refusal { worker.reject(refusal) } else { worker.begin() }
    }

    /// A pod that ran here before has its place already.
    private func refusal(of pod: KubernetesObject) -> KubeletAdmission.Refusal? {
        guard pod.status["startTime"] == nil, pod.metadata.deletionTimestamp == nil,
            let node = world.parts.view.get(Resource.nodes, ObjectKey(name: node))
        else { return nil }
        let others = allWorkers.filter { $0.phase == .running }.map(\.pod)
        return KubeletAdmission(node, pods: others).refusal(of: pod)
    }

    /// Tells the kubelet that a pod is no more, for whatever reason.
    func forget(uid: String) {
        workers.removeValue(forKey: uid)?.abandon()
    }

    func worker(uid: String) -> PodWorker? { workers[uid] }

    var allWorkers: [PodWorker] { workers.values.sorted { $0.pod.uid < $1.pod.uid } }

    /// The objects that pods' volumes come from have changed.
    func configurationChanged(namespace: String?) {
        for worker in allWorkers where worker.pod.namespace == namespace { worker.refreshVolumes() }
    }

    func addImage(_ reference: ImageReference) {
        images.insert(reference.description)
    }

    /// The next free address of the node's range, going around so that addresses aren't used again at once.
    func allocateAddress() -> IPv4? {
        for _ in 0..<podRange.size {
            let offset = nextOffset
            nextOffset = nextOffset + 1 < podRange.size - 1 ? nextOffset + 1 : 2
            if !world.network.isTaken(podRange[offset]) { return podRange[offset] }
        }
        return nil
    }
}

/// What the machines of a cluster share.
final class MachineWorld {
    let parts: ClusterParts
    let catalog: ImageCatalog
    let network: Network
    let names: ClusterNames
    let runner: ProcessRunner
    /// All that the simulated disks hold lies in this process's memory, however large they say they are.
    let store = Disk(capacity: 1 << 30)
    let storage: PersistentStorage
    let programs = ProgramFactory()
    let resolver: PodResolver.Kubelet
    /// Of the machines alone, so that what they draw doesn't change the names that the API makes up.
    let random: Randomness

    init(parts: ClusterParts, catalog: ImageCatalog, resolver: PodResolver.Kubelet, seed: UInt64) {
        self.parts = parts
        self.catalog = catalog
        self.resolver = resolver
        random = Randomness(seed: seed)
        storage = PersistentStorage(within: store)
        network = Network(view: parts.view, random: random)
        names = ClusterNames(view: parts.view)
        runner = ProcessRunner(timeline: parts.timeline, network: network, names: names, random: random)
    }

    var now: Instant { parts.timeline.now }

    func after(_ delay: Duration, _ action: @escaping () -> Void) {
        parts.timeline.schedule(after: delay, action)
    }

    /// A write of a kubelet's. What the API refuses is tried again with the next change, as kubelets do.
    @discardableResult
    func write(_ write: Write, as writer: Writer) -> KubernetesObject? {
        try? parts.pipeline.perform(write, by: writer, at: now)
    }
}
