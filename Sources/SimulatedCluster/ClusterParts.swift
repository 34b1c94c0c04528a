package import KubernetesModel

/// What the parts of a cluster share. Its owner is the actor: nothing here is used from anywhere else.
package final class ClusterParts {
    package let timeline: Timeline
    package let random: Randomness
    package let store: ObjectStore
    package let view: ClusterView
    package let registry: ResourceRegistry
    package let pipeline: WritePipeline
    package let controllers: ControllerManager
    let access: AccessRules
    /// Paths outside Kubernetes's API, such as `/sim/clock`; who may use them is decided like for any path.
    package var endpoints: [String: (APIRequest) throws(StatusError) -> APIResponse] = [:]
    /// What of the scenario could not be set up, a sentence each.
    package var loadingProblems: [String] = []
    /// The kubelets; nil in a cluster without machines.
    package var nodes: (any NodeAgent)?
    package let sessions = SessionTable()
    let requests: RequestCounter

    /// - Parameter revision: that of the empty store.
    package init(seed: UInt64, clock: Instant, revision: Int = 1, staticTokens: StaticTokens = StaticTokens()) {
        timeline = Timeline(now: clock)
        requests = RequestCounter(since: clock)
        random = Randomness(seed: seed)
        store = ObjectStore(revision: revision)
        view = ClusterView(store)
        registry = ResourceRegistry()
        let roles = RoleCatalog(view)
        access = AccessRules(roles: roles, staticTokens: staticTokens, view: view, random: random, timeline: timeline)
        let admission = Admission(services: ServiceAllocator(store), roles: roles)
        pipeline = WritePipeline(view: view, registry: registry, random: random, admission: admission)
        controllers = ControllerManager(view: view, pipeline: pipeline, timeline: timeline)
        controllers.add(ClusterRoleAggregator())
        controllers.add(QuotaController())
    }
}
