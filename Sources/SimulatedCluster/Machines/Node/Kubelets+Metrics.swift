import KubernetesModel

/// What kubelets measure of what runs on their nodes, as the metrics server hands it on.
extension Kubelets {
    func metrics(of object: KubernetesObject) -> JSONObject? {
        object.kind == "Node" ? nodeMetrics(of: object) : podMetrics(of: object)
    }

    private func podMetrics(of pod: KubernetesObject) -> JSONObject? {
        guard let node = pod.spec["nodeName"]?.stringValue, let worker = kubelet(node)?.worker(uid: pod.uid) else { return nil }
        let containers = worker.measured.map { record, usage -> JSONValue in ["name": .string(record.name), "usage": usage.json] }
        guard !containers.isEmpty else { return nil }
        return ["timestamp": timestamp, "window": window(of: pod.uid), "containers": .array(containers)]
    }

    private func nodeMetrics(of node: KubernetesObject) -> JSONObject? {
        guard let kubelet = kubelet(node.name), kubelet.isOn, let usage = kubelet.usage else { return nil }
        return ["timestamp": timestamp, "window": window(of: node.uid), "usage": usage.json]
    }

    private var timestamp: JSONValue {
        let start = world.now.seconds / ProcessorTime.window * ProcessorTime.window
        return .string(KubernetesTime.seconds(Instant(seconds: start)))
    }

    /// Windows are never quite fifteen seconds long.
    private func window(of uid: String) -> JSONValue {
        .string("\(ProcessorTime.window).\(Int(StableHash.fnv32(uid) % 900) + 100)s")
    }
}

/// Processor and memory, in the form of `metrics.k8s.io`.
struct Usage: Equatable {
    var nanocores: Int
    var bytes: Int

    static func + (left: Usage, right: Usage) -> Usage {
        Usage(nanocores: left.nanocores + right.nanocores, bytes: left.bytes + right.bytes)
    }

    var json: JSONValue { ["cpu": .string("\(nanocores)n"), "memory": .string("\(bytes / 1024)Ki")] }

    /// A few per cent up and down with time, as measured values are, the same for the same thing at the same time.
    func varied(by name: String, at now: Instant) -> Usage {
        let percent = 95 + Int(StableHash.fnv32("\(name)\(now.seconds / ProcessorTime.window)") % 11)
        return Usage(nanocores: nanocores * percent / 100, bytes: bytes * percent / 100)
    }
}

extension Kubelet {
    /// What the node uses: for being there, and for its pods; nil when the API doesn't know the node any more.
    var usage: Usage? {
        guard let node = world.parts.view.get(Resource.nodes, ObjectKey(name: node)) else { return nil }
        let own = Usage(nanocores: 86_000_000, bytes: 640 << 20).varied(by: node.uid, at: world.now)
        return allWorkers.flatMap(\.measured).map(\.1).reduce(own, +)
    }
}

extension PodWorker {
    /// The containers that have run long enough to be measured: for two windows.
    var measured: [(ContainerRecord, Usage)] {
        all.compactMap { record in
            guard case .running(let process, let since) = record.state, since.duration(to: world.now) >= .seconds(2 * ProcessorTime.window)
            else { return nil }
            // A debugging container's process among another container's is measured there.
            let space = process.number == 1 ? process.setting.space : ProcessSpace()
            let limit = Quantity(record.resources?["limits"]?["cpu"]).map { min($0.milliValue, 1_000_000) * 1_000_000 } ?? .max
            let usage = Usage(
                nanocores: min(space.processorTime.nanocores(at: world.now), limit),
                bytes: (image(of: record)?.memory ?? ImageCatalog.Image.usualMemory) + space.inOrder.map(\.allocated).reduce(0, +))
            return (record, usage.varied(by: record.containerID ?? record.name, at: world.now))
        }
    }
}
