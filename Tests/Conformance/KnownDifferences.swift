/// The cases that the simulated cluster is known to answer differently, and why.
///
/// A case leaves this list with the change that makes it agree; none is added without need.
enum KnownDifferences {
    static let reasons: [String: String] = [
        "describe/daemonset": daemonSetGeneration,
        "describe/quota, limits, budget": "disruption budgets don't report that they select no pods",
        "kubelet/running": "exec into a container that the pod doesn't have is refused as a failed upgrade",
        "scheduling/gated": "the condition of a gated pod names the generation it was observed at",
        "services/endpoints by hand": "Endpoints written by hand are not mirrored to slices",
        "workloads/account missing": "a deployment says that it found the replica set it has just created",
        "workloads/autoscaler keeps the minimum": "there is no autoscaler",
        "workloads/daemonset": daemonSetGeneration,
    ]

    private static let daemonSetGeneration = "daemon sets don't carry the generation of their template"
}
