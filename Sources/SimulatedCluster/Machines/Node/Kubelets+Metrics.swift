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
        guard let kubelet = kubelet(node.name), kubelet.isOn else { return nil }
        var sum = Usage(nanocores: 86_000_000, bytes: 640 << 20)
        sum = sum.varied(by: node.uid, at: world.now)
        for worker in kubelet.allWorkers {
            for (_, usage) in worker.measured { sum = Usage(nanocores: sum.nanocores + usage.nanocores, bytes: sum.bytes + usage.bytes) }
        }
        return ["timestamp": timestamp, "window": window(of: node.uid), "usage": sum.json]
    }

    private var timestamp: JSONValue {
        let start = world.now.seconds / ProcessUsage.window * ProcessUsage.window
        return .string(KubernetesTime.seconds(Instant(seconds: start)))
    }

    /// Windows are never quite fifteen seconds long.
    private func window(of uid: String) -> JSONValue {
        .string("\(ProcessUsage.window).\(Int(StableHash.fnv32(uid) % 900) + 100)s")
    }
}

/// Processor and memory, in the form of `metrics.k8s.io`.
struct Usage: Equatable {
    var nanocores: Int
    var bytes: Int

    var json: JSONValue { ["cpu": .string("\(nanocores)n"), "memory": .string("\(bytes / 1024)Ki")] }

    /// A few per cent up and down with time, as measured values are, the same for the same thing at the same time.
    func varied(by name: String, at now: Instant) -> Usage {
        let percent = 95 + Int(StableHash.fnv32("\(name)\(now.seconds / ProcessUsage.window)") % 11)
        return Usage(nanocores: nanocores * percent / 100, bytes: bytes * percent / 100)
    }
}

extension PodWorker {
    /// The containers that have run long enough to be measured: for two windows.
    var measured: [(ContainerRecord, Usage)] {
        all.compactMap { record in
            guard case .running(let process, let since) = record.state, since.duration(to: world.now) >= .seconds(2 * ProcessUsage.window)
            else { return nil }
            let processes = process.setting.space.inOrder.map(\.usage)
            let usage = Usage(
                nanocores: processes.map { $0.nanocores(at: world.now) }.reduce(0, +),
                bytes: (image(of: record)?.memory ?? ImageCatalog.Image.usualMemory) + processes.map(\.allocated).reduce(0, +))
            return (record, usage.varied(by: record.containerID ?? record.name, at: world.now))
        }
    }
}
