import KubernetesModel
import KubernetesSemantics

/// Sizes workloads by what their pods use.
struct HorizontalPodAutoscaler: Controller {
    let name = "horizontal-pod-autoscaler"
    let watches = [Resource.horizontalPodAutoscalers]
    private static let period = Duration.seconds(15)
    private static let window = Duration.seconds(300)

    private let registry: ResourceRegistry
    private let usage: PodUsage
    /// What was recommended lately, so that a short calm doesn't shrink anything.
    private(set) var recommendations: [ObjectKey: Recommendations] = [:]

    struct Recommendations {
        /// Of the autoscaler, which may be another one of the same name by now.
        let uid: String
        var list: [(time: Instant, replicas: Int)]
    }

    init(registry: ResourceRegistry, usage: @escaping PodUsage) {
        self.registry = registry
        self.usage = usage
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        // Its own status must not wake it: it looks again with its period.
        let isNewWish = change.previous.map { view.object(change.object).spec != $0.object.spec } ?? true
        return change.kind == .deleted || isNewWish ? own(change) : []
    }

    mutating func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let autoscaler = view.get(key.resource, key.key) else {
            recommendations[key.key] = nil
            return .done
        }
        var status = AutoscalerStatus(autoscaler, at: now)
        let (resource, target) = place(of: autoscaler)
        guard let resource, let workload = view.get(resource, target) else {
            return Reconciliation(writes: missing(resource, target, autoscaler, &status), wakeAfter: Self.period)
        }
        status.set("AbleToScale", true, "SucceededGetScale", "the HPA controller was able to get the target's current scale")
        let paths = scalePaths(of: autoscaler)
        let current = workload.value[path: paths.specReplicasPath]?.intValue ?? 1
        // The size that is found counts as wished for, so that nothing shrinks at first sight.
        if recommendations[key.key]?.uid != autoscaler.uid {
            recommendations[key.key] = Recommendations(uid: autoscaler.uid, list: [(now, current)])
        }
        status.current = workload.value[path: paths.statusReplicasPath]?.intValue ?? current
        var writes: [Write] = []
        var wanted = current
        if current == 0, minimum(of: autoscaler) != 0 {
            let message = "scaling is disabled since the replica count of the target is zero"
            status.set("ScalingActive", false, "ScalingDisabled", message)
        } else {
            let decision = decide(autoscaler, workload, current: current, &status, in: view, at: now)
            writes += decision.events
            wanted = decision.replicas ?? current
            if wanted != current { writes += rescale(autoscaler, workload, to: wanted, because: decision.reason, resource, &status) }
        }
        status.desired = wanted
        return Reconciliation(writes: writes + status.writes, wakeAfter: Self.period)
    }

    private func place(of autoscaler: KubernetesObject) -> (GroupResource?, ObjectKey) {
        let name = autoscaler.spec["scaleTargetRef"]?["name"]?.stringValue ?? ""
        return (target(of: autoscaler)?.groupResource, ObjectKey(namespace: autoscaler.namespace, name: name))
    }

    private func target(of autoscaler: KubernetesObject) -> APIResource? {
        let target = autoscaler.spec["scaleTargetRef"]
        return registry.resource(
            for: GroupVersionKind(apiVersion: target?["apiVersion"]?.stringValue ?? "", kind: target?["kind"]?.stringValue ?? ""))
    }

    /// Where the target keeps its size, which a definition may say.
    private func scalePaths(of autoscaler: KubernetesObject) -> CustomResource.ScalePaths {
        target(of: autoscaler).flatMap { registry.custom($0.gvr)?.scale } ?? .builtIn
    }

    private func missing(
        _ resource: GroupResource?, _ target: ObjectKey, _ autoscaler: KubernetesObject, _ status: inout AutoscalerStatus
    ) -> [Write] {
        let kind = autoscaler.spec["scaleTargetRef"]?["kind"]?.stringValue ?? ""
        let problem = resource.map { "\($0) \"\(target.name)\" not found" } ?? "no matches for kind \"\(kind)\" in group \"\""
        status.set("AbleToScale", false, "FailedGetScale", "the HPA controller was unable to get the target's current scale: \(problem)")
        return [event(on: autoscaler, .warning, "FailedGetScale", problem)] + status.writes
    }

    private func minimum(of autoscaler: KubernetesObject) -> Int { autoscaler.spec["minReplicas"]?.intValue ?? 1 }

    // MARK: Deciding

    private struct Decision {
        /// Nil when it can't be known.
        var replicas: Int?
        var reason = ""
        var events: [Write] = []
    }

    private mutating func decide(
        _ autoscaler: KubernetesObject, _ workload: KubernetesObject, current: Int, _ status: inout AutoscalerStatus,
        in view: ClusterView, at now: Instant
    ) -> Decision {
        let minimum = minimum(of: autoscaler)
        let maximum = autoscaler.spec["maxReplicas"]?.intValue ?? 1
        if current > maximum { return Decision(replicas: maximum, reason: "Current number of replicas above Spec.MaxReplicas") }
        if current < minimum { return Decision(replicas: minimum, reason: "Current number of replicas below Spec.MinReplicas") }
        let proposal = AutoscalerMetrics(autoscaler, workload, usage: usage, in: view).proposal(current: current)
        status.metrics = proposal.statuses
        if let failure = proposal.failure {
            status.set("ScalingActive", false, failure.reason, "the HPA was unable to compute the replica count: \(failure.message)")
            let summary =
                "invalid metrics (\(failure.count) invalid out of \(failure.total)), first error is: "
                + "failed to get \(failure.metric) resource metric value: \(failure.message)"
            let events = [
                event(on: autoscaler, .warning, failure.reason, failure.message),
                event(on: autoscaler, .warning, "FailedComputeMetricsReplicas", summary),
            ]
            return Decision(replicas: proposal.replicas.flatMap { $0 > current ? $0 : nil }, reason: proposal.reason, events: events)
        }
        status.set(
            "ScalingActive", true, "ValidMetricFound",
            "the HPA was able to successfully calculate a replica count from \(proposal.metricName)")
        let stable = stabilized(proposal.replicas ?? current, current: current, autoscaler, &status, at: now)
        let replicas = limited(stable, current: current, minimum, maximum, &status)
        return Decision(replicas: replicas, reason: replicas < current ? "All metrics below target" : proposal.reason)
    }

    private mutating func stabilized(
        _ proposed: Int, current: Int, _ autoscaler: KubernetesObject, _ status: inout AutoscalerStatus, at now: Instant
    ) -> Int {
        let seconds = autoscaler.spec["behavior"]?["scaleDown"]?["stabilizationWindowSeconds"]?.intValue
        let start = now - (seconds.map { Duration.seconds($0) } ?? Self.window)
        let recent = (recommendations[autoscaler.key]?.list ?? []).filter { $0.time >= start } + [(now, proposed)]
        recommendations[autoscaler.key]?.list = recent
        let highest = max(proposed, min(current, recent.map(\.replicas).max() ?? proposed))
        if highest > proposed {
            status.set(
                "AbleToScale", true, "ScaleDownStabilized",
                "recent recommendations were higher than current one, applying the highest recent recommendation")
        } else {
            status.set("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size")
        }
        return highest
    }

    private func limited(_ wanted: Int, current: Int, _ minimum: Int, _ maximum: Int, _ status: inout AutoscalerStatus) -> Int {
        // Not more at a time than doubles the size, or four pods.
        let fastest = max(2 * current, current + 4)
        if wanted > min(fastest, maximum) {
            let isFast = fastest < maximum
            status.set(
                "ScalingLimited", true, isFast ? "ScaleUpLimit" : "TooManyReplicas",
                isFast
                    ? "the desired replica count is increasing faster than the maximum scale rate"
                    : "the desired replica count is more than the maximum replica count")
            return min(fastest, maximum)
        }
        if wanted < minimum {
            status.set("ScalingLimited", true, "TooFewReplicas", "the desired replica count is less than the minimum replica count")
            return minimum
        }
        status.set("ScalingLimited", false, "DesiredWithinRange", "the desired count is within the acceptable range")
        return wanted
    }

    private func rescale(
        _ autoscaler: KubernetesObject, _ workload: KubernetesObject, to replicas: Int, because reason: String, _ resource: GroupResource,
        _ status: inout AutoscalerStatus
    ) -> [Write] {
        let message = "the HPA controller was able to update the target scale to \(replicas)"
        status.set("AbleToScale", true, "SucceededRescale", message)
        status.noteScaling()
        var patch: JSONValue = [:]
        patch[path: scalePaths(of: autoscaler).specReplicasPath] = JSONValue(replicas)
        return [
            .patch(resource, workload.key, patch),
            event(on: autoscaler, "SuccessfulRescale", "New size: \(replicas); reason: \(reason)"),
        ]
    }
}
