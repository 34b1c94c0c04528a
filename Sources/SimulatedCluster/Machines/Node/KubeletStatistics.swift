import KubernetesModel

/// What a kubelet tells of its node's use of processors and memory.
struct KubeletStatistics {
    private struct Entry {
        var worker: PodWorker
        var record: ContainerRecord
        var since: Instant
        var usage: Usage
        var total: Duration

        var labels: [(name: String, value: String)] {
            [("container", record.name), ("namespace", worker.pod.namespace ?? ""), ("pod", worker.pod.name)]
        }
    }

    private let kubelet: Kubelet
    private let entries: [Entry]

    init(_ kubelet: Kubelet) {
        self.kubelet = kubelet
        entries = kubelet.allWorkers.sorted { $0.pod.key < $1.pod.key }.flatMap { worker in
            worker.measured.compactMap { record, usage in
                guard case .running(let process, let since) = record.state else { return nil }
                let total = process.number == 1 ? process.setting.space.processorTime.total : .zero
                return Entry(worker: worker, record: record, since: since, usage: usage, total: total)
            }
        }
    }

    // MARK: For people and tools that read JSON

    /// As `/stats/summary` has it.
    var summary: JSONValue {
        var node: JSONObject = ["nodeName": .string(kubelet.node)]
        if let usage = kubelet.usage { node["cpu"] = cpu(usage) }
        if let usage = kubelet.usage { node["memory"] = memory(usage) }
        return ["node": .object(node), "pods": .array(pods)]
    }

    private var pods: [JSONValue] {
        Dictionary(grouping: entries, by: \.worker.pod.key).sorted { $0.key < $1.key }.map { key, entries in
            let sum = entries.map(\.usage).reduce(Usage(nanocores: 0, bytes: 0), +)
            let pod = entries[0].worker
            let reference: JSONValue = [
                "name": .string(key.name), "namespace": .string(key.namespace ?? ""), "uid": .string(pod.pod.uid),
            ]
            return [
                "podRef": reference, "startTime": time(pod.startTime), "containers": .array(entries.map(container)),
                "cpu": cpu(sum, total: entries.reduce(.zero) { $0 + $1.total }), "memory": memory(sum),
            ]
        }
    }

    private func container(_ entry: Entry) -> JSONValue {
        [
            "name": .string(entry.record.name), "startTime": time(entry.since), "cpu": cpu(entry.usage, total: entry.total),
            "memory": memory(entry.usage),
        ]
    }

    private func cpu(_ usage: Usage, total: Duration? = nil) -> JSONValue {
        var json: JSONObject = ["time": time(kubelet.world.now), "usageNanoCores": JSONValue(usage.nanocores)]
        json["usageCoreNanoSeconds"] = total.map { JSONValue(Int($0.nanoseconds)) }
        return .object(json)
    }

    private func memory(_ usage: Usage) -> JSONValue {
        ["time": time(kubelet.world.now), "workingSetBytes": JSONValue(usage.bytes)]
    }

    private func time(_ instant: Instant) -> JSONValue {
        .string(KubernetesTime.seconds(instant))
    }

    // MARK: For Prometheus

    /// As `/metrics` has it.
    var metrics: PrometheusText {
        let workers = kubelet.allWorkers
        let containers = workers.flatMap(\.all)
        let states: [(String, Int)] = [
            ("created", containers.count { if case .waiting = $0.state { $0.containerID != nil } else { false } }),
            ("exited", containers.count { $0.termination != nil }), ("running", containers.count { $0.process != nil }),
        ]
        var text = PrometheusText()
        text.add("kubelet_node_name", .gauge, "The node's name. The count is always 1.", [([("node", kubelet.node)], "1")])
        text.add(
            "kubelet_running_containers", .gauge, "Number of containers currently running",
            states.map { ([("container_state", $0.0)], String($0.1)) })
        let running = workers.count { worker in worker.all.contains { $0.process != nil } }
        text.add("kubelet_running_pods", .gauge, "Number of pods that have a running pod sandbox", String(running))
        return text
    }

    /// As `/metrics/resource` has it.
    var resourceMetrics: PrometheusText {
        var text = PrometheusText()
        text.add(
            "container_cpu_usage_seconds_total", .counter, "Cumulative cpu time consumed by the container in core-seconds",
            entries.map { ($0.labels, Self.seconds($0.total)) })
        text.add(
            "container_memory_working_set_bytes", .gauge, "Current working set of the container in bytes",
            entries.map { ($0.labels, String($0.usage.bytes)) })
        text.add(
            "container_start_time_seconds", .gauge, "Start time of the container since unix epoch in seconds",
            entries.map { ($0.labels, String($0.since.seconds)) })
        if let usage = kubelet.usage {
            text.add("node_memory_working_set_bytes", .gauge, "Current working set of the node in bytes", String(usage.bytes))
        }
        return text
    }

    private static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.nanoseconds / 1_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
