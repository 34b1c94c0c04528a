/// The cases that the simulated cluster is known to answer differently, and why.
///
/// A case leaves this list with the change that makes it agree; none is added without need.
enum KnownDifferences {
    static let reasons: [String: String] = [
        "controllers/endpoints follow readiness": endpointsWarning,
        "describe/daemonset": daemonSetGeneration,
        "describe/quota, limits, budget": "disruption budgets don't report that they select no pods",
        "kubelet/running": "exec into a container that the pod doesn't have is refused as a failed upgrade",
        "scheduling/gated": "the condition of a gated pod names the generation it was observed at",
        "services/endpoints by hand": "Endpoints written by hand are not mirrored to slices",
        "services/headless": endpointsWarning,
        "services/named target port": endpointsWarning,
        "services/nobody selected": endpointsWarning,
        "services/not ready": endpointsWarning,
        "workloads/account missing": "a deployment says that it found the replica set it has just created",
        "workloads/autoscaler keeps the minimum": "there is no autoscaler",
        "workloads/cron job by hand": "optional fields that were sent empty are kept",
        "workloads/daemonset": daemonSetGeneration,
    ]

    private static let endpointsWarning = "the deprecation of Endpoints is not told in a Warning header"
    private static let daemonSetGeneration = "daemon sets don't carry the generation of their template"
}
