package import KubernetesModel

/// A whole Kubernetes cluster in one process: its API, its controllers and its machines.
///
/// Everything inside is plain synchronous code that this actor owns, driven by requests and by the virtual clock: the same
/// seed and the same calls give the same cluster.
package actor SimulatedCluster {
    let parts: ClusterParts
    private let api: APIServer
    private let customResources: CustomResources

    /// - Parameters:
    ///   - seed: of every choice that is left to chance.
    ///   - clock: where the virtual time starts.
    package init(scenario: ScenarioDefinition, seed: UInt64, clock: Instant) {
        parts = ClusterParts(seed: seed, clock: clock)
        api = APIServer(parts)
        customResources = CustomResources(parts)
        BuiltInRules.install(in: parts)
        Furniture.load(into: parts)
        scenario.load(into: parts, seed: seed)
    }

    /// Answers a request, at the present virtual time.
    package func handle(_ request: APIRequest) -> APIResponse {
        api.handle(request)
    }

    /// Forgets all past changes, as etcd does by and by: watches that would start in the past have to list again.
    package func forgetPast() {
        parts.store.compact(parts.store.revision)
    }

    package var now: Instant { parts.timeline.now }

    /// When something will happen by itself; nil when nothing will.
    package var nextWakeUp: Instant? { parts.timeline.nextWakeUp }

    /// Lets the virtual time pass, and everything happen that is due until then.
    package func advance(to time: Instant) {
        parts.timeline.advance(to: time)
    }
}
