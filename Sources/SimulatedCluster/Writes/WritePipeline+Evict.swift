package import KubernetesModel

/// Deletions that ask the disruption budgets first.
extension WritePipeline {
    package func evict(
        _ key: ObjectKey, options: DeleteOptions = DeleteOptions(), by writer: Writer, at now: Instant
    ) throws(StatusError) -> KubernetesObject {
        guard let found = store.get(StoreIndex.pods, key) else { throw .notFound(StoreIndex.pods, key.name) }
        let pod = view.object(found)
        // What doesn't serve anybody may go at any time.
        let isServing =
            pod.metadata.deletionTimestamp == nil && !["Succeeded", "Failed", "Pending"].contains(pod.status["phase"]?.stringValue)
        if isServing { try takeDisruption(for: found, pod, isDryRun: options.isDryRun, at: now) }
        return try delete(try resource(StoreIndex.pods), key, options: options, by: writer, at: now).object
    }

    /// Uses up one of the disruptions that the pod's budget allows.
    private func takeDisruption(for stored: StoredObject, _ pod: KubernetesObject, isDryRun: Bool, at now: Instant) throws(StatusError) {
        let resource = GroupResource(group: "policy", resource: "poddisruptionbudgets")
        let budgets = view.list(resource, namespace: stored.key.namespace).filter { budget in
            (try? LabelSelector(object: budget.spec["selector"]))?.matches(stored.labels) ?? false
        }
        guard let budget = budgets.first else { return }
        guard budgets.count == 1 else {
            throw .internalError("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.")
        }
        let needed = budget.status["desiredHealthy"]?.intValue ?? 0
        let healthy = budget.status["currentHealthy"]?.intValue ?? 0
        if !pod.isReadyPod, budget.spec["unhealthyPodEvictionPolicy"] == "AlwaysAllow" || needed > 0 && healthy >= needed { return }
        guard budget.status["observedGeneration"]?.intValue ?? 0 >= budget.metadata.generation ?? 0 else {
            throw .tooManyRequests(
                "Cannot evict pod as it would violate the pod's disruption budget.", retryAfterSeconds: 10,
                causes: [
                    StatusError.Cause(
                        reason: "DisruptionBudget", message: "The disruption budget \(budget.name) is still being processed by the server.")
                ])
        }
        let allowed = budget.status["disruptionsAllowed"]?.intValue ?? 0
        guard allowed > 0 else {
            throw .tooManyRequests(
                "Cannot evict pod as it would violate the pod's disruption budget.", retryAfterSeconds: 0,
                causes: [
                    StatusError.Cause(
                        reason: "DisruptionBudget",
                        message: "The disruption budget \(budget.name) needs \(needed) healthy pods and has \(healthy) currently"
                    )
                ]
            )
        }
        guard !isDryRun else { return }
        var changed = budget
        changed["status", default: [:]]["disruptionsAllowed"] = JSONValue(allowed - 1)
        changed["status", default: [:]][path: ["disruptedPods", pod.name]] = .string(KubernetesTime.seconds(now))
        store.put(changed, resource: resource)
    }
}
