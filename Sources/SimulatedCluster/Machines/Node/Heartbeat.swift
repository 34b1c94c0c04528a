import KubernetesModel

/// How a kubelet shows that it lives: a lease renewed every ten seconds, and the node's conditions every five minutes, or at
/// once when its node was given up.
extension Kubelet {
    private static let leaseNamespace = "kube-node-lease"
    private static let interval = Duration.seconds(10)
    static let reportInterval = Duration.seconds(300)

    func beginHeartbeat() {
        world.parts.timeline.schedule(at: world.now) { [weak self] in self?.beat() }
    }

    private func beat() {
        world.after(Self.interval) { [weak self] in self?.beat() }
        guard isOn, let node = world.parts.view.get(Resource.nodes, ObjectKey(name: node)) else { return }
        renewLease(of: node)
        reportConditions(of: node)
    }

    private func renewLease(of node: KubernetesObject) {
        let key = ObjectKey(namespace: Self.leaseNamespace, name: node.name)
        let renewal = JSONValue.string(KubernetesTime.microseconds(world.now))
        if world.parts.store.get(Resource.leases, key) != nil {
            world.write(.patch(Resource.leases, key, ["spec": ["renewTime": renewal]]), as: writer)
            return
        }
        let owner: JSONValue = ["apiVersion": "v1", "kind": "Node", "name": .string(node.name), "uid": .string(node.uid)]
        let lease: JSONObject = [
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": ["name": .string(key.name), "namespace": .string(Self.leaseNamespace), "ownerReferences": [owner]],
            "spec": ["holderIdentity": .string(node.name), "leaseDurationSeconds": 40, "renewTime": renewal],
        ]
        world.write(.create(KubernetesObject(lease)), as: writer)
    }

    private func reportConditions(of node: KubernetesObject) {
        let conditions = NodeCondition.all(at: world.now, keeping: node.status["conditions"])
        let isNews = conditions.contains { condition in
            node.condition(condition["type"]?.stringValue ?? "")?["status"] != condition["status"]
        }
        let last = node.condition("Ready")?["lastHeartbeatTime"]?.stringValue.flatMap(KubernetesTime.parse)
        guard isNews || last.map({ $0.duration(to: world.now) >= Self.reportInterval }) ?? true else { return }
        var updated = node
        updated["status", default: [:]]["conditions"] = .array(conditions)
        world.write(.updateStatus(updated), as: writer)
    }
}

/// The conditions of a node that is well, as its kubelet reports them.
enum NodeCondition {
    private static let healthy = [
        ("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        ("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        ("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
    ]

    /// - Parameter old: those of others are kept, and the times of what didn't change.
    static func all(at now: Instant, keeping old: JSONValue? = nil) -> [JSONValue] {
        let time = JSONValue.string(KubernetesTime.seconds(now))
        let before = old?.arrayValue ?? []
        let own = healthy.map { type, status, reason, message -> JSONValue in
            let known = before.first { $0["type"]?.stringValue == type && $0["status"]?.stringValue == status }
            return [
                "type": .string(type), "status": .string(status), "lastHeartbeatTime": time,
                "lastTransitionTime": known?["lastTransitionTime"] ?? time, "reason": .string(reason), "message": .string(message),
            ]
        }
        return before.filter { condition in !healthy.contains { $0.0 == condition["type"]?.stringValue } } + own
    }
}
