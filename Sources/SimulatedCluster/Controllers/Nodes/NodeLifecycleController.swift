import KubernetesModel

/// Judges nodes by their leases and conditions: what a silent kubelet says is no longer believed, and taints tell the others.
struct NodeLifecycleController: Controller {
    let name = "node-controller"
    let watches = [Resource.nodes, Resource.leases]
    /// A kubelet that was silent for longer is taken for dead.
    static let gracePeriod = Duration.seconds(50)
    private static let heartbeats = "kube-node-lease"

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        if change.resource == Resource.nodes { return own(change) }
        // A renewal matters only to a node that was given up: others are asked again in time.
        guard change.key.namespace == Self.heartbeats, let node = view.get(Resource.nodes, ObjectKey(name: change.key.name)),
            node.condition("Ready")?["status"] == "Unknown" || change.kind != .modified
        else { return [] }
        return [WorkKey(Resource.nodes, node.key)]
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let node = view.get(Resource.nodes, key.key) else { return .done }
        let lease = view.get(Resource.leases, ObjectKey(namespace: Self.heartbeats, name: node.name))
        let heard =
            [lease?.spec["renewTime"]?.stringValue, node.metadata.creationTimestamp]
            .compactMap { $0 }.compactMap(KubernetesTime.parse).max() ?? now
        let rest = now.duration(to: heard + Self.gracePeriod)
        var updated = node
        var writes: [Write] = []
        if rest <= .zero, node.condition("Ready")?["status"] != "Unknown" {
            updated.status = doubted(node.status, at: now)
            writes += [.updateStatus(updated), event(on: node, "NodeNotReady", "Node \(node.name) status is now: NodeNotReady")]
        }
        writes += taint(updated, at: now)
        if updated.condition("Ready")?["status"] != "True" { writes += unready(updated, in: view, at: now) }
        return Reconciliation(writes: writes, wakeAfter: max(rest, .seconds(5)))
    }

    private func doubted(_ status: JSONValue, at now: Instant) -> JSONValue {
        var status = status
        let time = JSONValue.string(KubernetesTime.seconds(now))
        let conditions = (status["conditions"]?.arrayValue ?? []).map { condition -> JSONValue in
            guard ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"].contains(condition["type"]?.stringValue) else {
                return condition
            }
            var condition = condition
            condition["status"] = "Unknown"
            condition["reason"] = "NodeStatusUnknown"
            condition["message"] = "Kubelet stopped posting node status."
            condition["lastTransitionTime"] = time
            return condition
        }
        status["conditions"] = .array(conditions)
        return status
    }

    // MARK: Taints

    private static let pressures = [
        ("MemoryPressure", "memory-pressure"), ("DiskPressure", "disk-pressure"), ("PIDPressure", "pid-pressure"),
        ("NetworkUnavailable", "network-unavailable"),
    ]

    private func taint(_ node: KubernetesObject, at now: Instant) -> [Write] {
        var wanted: [(key: String, effect: String)] = []
        let ready = node.condition("Ready")?["status"]?.stringValue
        if let name = ready == "Unknown" ? "unreachable" : ready == "False" ? "not-ready" : nil {
            wanted += [(name, "NoSchedule"), (name, "NoExecute")]
        }
        for (condition, name) in Self.pressures where node.condition(condition)?["status"] == "True" { wanted.append((name, "NoSchedule")) }
        if node.spec["unschedulable"]?.boolValue == true { wanted.append(("unschedulable", "NoSchedule")) }
        let managed = Set((["unreachable", "not-ready", "unschedulable"] + Self.pressures.map(\.1)).map { "node.kubernetes.io/\($0)" })
        let old = node.spec["taints"]?.arrayValue ?? []
        var taints = old.filter { taint in
            let key = taint["key"]?.stringValue ?? ""
            return !managed.contains(key)
                || wanted.contains { "node.kubernetes.io/\($0.key)" == key && taint["effect"]?.stringValue == $0.effect }
        }
        for (name, effect) in wanted {
            let key = JSONValue.string("node.kubernetes.io/\(name)")
            guard !taints.contains(where: { $0["key"] == key && $0["effect"]?.stringValue == effect }) else { continue }
            taints.append(["key": key, "effect": .string(effect), "timeAdded": .string(KubernetesTime.seconds(now))])
        }
        guard taints != old else { return [] }
        return [.patch(Resource.nodes, node.key, ["spec": ["taints": taints.isEmpty ? JSONValue.null : .array(taints)]])]
    }

    // MARK: Pods of a node that is not ready

    private func unready(_ node: KubernetesObject, in view: ClusterView, at now: Instant) -> [Write] {
        view.pods(onNode: node.name).filter { $0.condition("Ready")?["status"] == "True" }.flatMap { pod -> [Write] in
            var updated = pod
            updated["status", default: [:]]["conditions"] = .array(
                (pod.status["conditions"]?.arrayValue ?? []).map { condition in
                    guard condition["type"] == "Ready" else { return condition }
                    var condition = condition
                    condition["status"] = "False"
                    condition["lastTransitionTime"] = .string(KubernetesTime.seconds(now))
                    return condition
                })
            return [.updateStatus(updated), event(on: pod, .warning, "NodeNotReady", "Node is not ready")]
        }
    }
}
