import KubernetesModel
import KubernetesSemantics

/// Counts how many pods of a budget may be disrupted now.
struct DisruptionController: Controller {
    let name = "controllermanager"
    let patience = Duration.milliseconds(20)
    let watches = [
        Resource.podDisruptionBudgets, Resource.pods, Resource.deployments, Resource.replicaSets, Resource.statefulSets,
    ]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        if change.resource == Resource.podDisruptionBudgets { return own(change) }
        return view.store.list(Resource.podDisruptionBudgets, namespace: change.key.namespace).map {
            WorkKey(Resource.podDisruptionBudgets, $0.key)
        }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let budget = view.get(Resource.podDisruptionBudgets, key.key) else { return .done }
        let selector = SelectorTerms(budget.spec["selector"])
        let pods = view.list(Resource.pods, namespace: key.key.namespace) { selector.matches($0.labels) }
            .filter { !$0.isFinishedPod }
        let expected = expectedCount(pods, budget, in: view)
        let disrupted = disruptedPods(of: budget, pods, at: now)
        let healthy = pods.filter { $0.isReadyPod && $0.metadata.deletionTimestamp == nil && disrupted[$0.name] == nil }.count
        let desired = desiredCount(budget, expected: expected)
        let allowed = expected > 0 ? max(0, healthy - desired) : 0
        var status = budget.status.objectValue ?? [:]
        status["disruptedPods"] = disrupted.isEmpty ? JSONValue?.none : JSONValue(disrupted)
        status["currentHealthy"] = JSONValue(healthy)
        status["desiredHealthy"] = JSONValue(desired)
        status["expectedPods"] = JSONValue(expected)
        status["disruptionsAllowed"] = JSONValue(allowed)
        status["observedGeneration"] = budget.metadata.generation.map { JSONValue($0) }
        var conditions = ConditionList(status["conditions"], at: now)
        conditions.set("DisruptionAllowed", allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "", updates: false)
        status["conditions"] = .array(
            (conditions.json?.arrayValue ?? []).map { condition in
                var condition = condition
                condition["observedGeneration"] = budget.metadata.generation.map { JSONValue($0) }
                return condition
            })
        let report = pods.isEmpty ? [event(on: budget, "NoPods", "No matching pods found")] : []
        return Reconciliation(writes: statusWrite(budget, status) + report, wakeAfter: disrupted.isEmpty ? nil : Self.disruptionTime)
    }

    /// A pod whose eviction was granted counts as gone, until it is, or for so long.
    private static let disruptionTime = Duration.seconds(120)

    private func disruptedPods(of budget: KubernetesObject, _ pods: [KubernetesObject], at now: Instant) -> [String: String] {
        let present = Set(pods.filter { $0.metadata.deletionTimestamp == nil }.map(\.name))
        return (budget.status["disruptedPods"]?.stringMap ?? [:]).filter { name, time in
            present.contains(name) && KubernetesTime.parse(time).map { $0 + Self.disruptionTime > now } ?? false
        }
    }

    /// Where the budget is relative, what counts is what the pods' workloads ask for.
    private func expectedCount(_ pods: [KubernetesObject], _ budget: KubernetesObject, in view: ClusterView) -> Int {
        if budget.spec["maxUnavailable"] == nil, budget.spec["minAvailable"]?.intValue != nil { return pods.count }
        var sizes: [String: Int] = [:]
        for pod in pods {
            guard let owner = pod.metadata.controller else { continue }
            let resource: GroupResource? =
                switch owner.kind {
                case "ReplicaSet": Resource.replicaSets
                case "StatefulSet": Resource.statefulSets
                default: nil
                }
            guard let resource, let object = view.get(resource, ObjectKey(namespace: pod.namespace, name: owner.name)) else { continue }
            if let parent = object.metadata.controller,
                let deployment = view.get(Resource.deployments, ObjectKey(namespace: pod.namespace, name: parent.name))
            {
                sizes[deployment.uid] = deployment.spec["replicas"]?.intValue ?? 1
            } else {
                sizes[object.uid] = object.spec["replicas"]?.intValue ?? 1
            }
        }
        return sizes.isEmpty ? pods.count : sizes.values.reduce(0, +)
    }

    private func desiredCount(_ budget: KubernetesObject, expected: Int) -> Int {
        if let maximum = budget.spec["maxUnavailable"] { return max(0, expected - maximum.share(of: expected, roundsUp: true)) }
        return budget.spec["minAvailable"]?.share(of: expected, roundsUp: true) ?? 0
    }
}
