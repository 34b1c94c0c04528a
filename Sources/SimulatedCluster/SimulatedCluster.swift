package import KubernetesModel

/// A whole Kubernetes cluster in one process: its API, its controllers and its machines.
///
/// Everything inside is plain synchronous code that this actor owns, driven by requests and by the virtual clock: the same
/// seed and the same calls give the same cluster.
package actor SimulatedCluster {
    private let scenario: ScenarioDefinition
    private let seed: UInt64
    private var world: World
    /// Answers that go on: a reset ends them, so that their readers begin anew.
    private var openStreams = OpenStreams()
    /// Whether the last slice ended before all was done that was due.
    private var isBehind = false

    /// - Parameters:
    ///   - seed: of every choice that is left to chance.
    ///   - clock: what the cluster's clock shows at first; a scenario with an age has lived for so long by then.
    package init(scenario: ScenarioDefinition, seed: UInt64, clock: Instant) {
        self.scenario = scenario
        self.seed = seed
        world = World(scenario: scenario, seed: seed, clock: clock, revision: 1)
    }

    /// The cluster's parts, for tests of what the API doesn't show.
    var parts: ClusterParts { world.parts }

    /// What of the scenario could not be set up, a sentence each: its data are wrong.
    package var loadingProblems: [String] { parts.loadingProblems }

    /// Answers a request, at the present virtual time.
    package func handle(_ request: APIRequest) -> APIResponse {
        let response = world.api.handle(request)
        if world.reset.isWanted { startOver() } else { openStreams.add(response) }
        return response
    }

    /// Takes what the client of a session said, at the present virtual time.
    package func receive(_ input: SessionInput, in session: DuplexSession) {
        parts.sessions.deliver(input, to: session)
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

    /// Lets some of what is due until `time` happen, for about as long as `budget`, so that whoever waits for an answer needn't wait
    /// for all of it: the cluster's clock falls behind for as long as there is too much to do.
    package func advanceSlice(to time: Instant, budget: Duration) {
        let end = ContinuousClock.now + budget
        advanceSlice(to: time) { ContinuousClock.now < end }
    }

    /// - Parameter hasTime: asked after each thing that happens.
    func advanceSlice(to time: Instant, while hasTime: @Sendable () -> Bool) {
        repeat { isBehind = !parts.timeline.advance(to: time, atMost: 1) } while isBehind && hasTime()
    }

    /// As `advanceSlice`, unless there was too much to do the last time: then whoever comes with a request waits for others' answers,
    /// but not for a slice for each of them.
    package func keepUp(with time: Instant, budget: Duration) {
        if !isBehind { advanceSlice(to: time, budget: budget) }
    }

    /// Goes on, for about as long as `budget`, towards a time that a request asks for.
    /// - Returns: whether there is more to do.
    package func leap(budget: Duration) -> Bool {
        guard let goal = world.leap.goal else { return false }
        advanceSlice(to: goal, budget: budget)
        if !isBehind { world.leap.arrive(at: now) }
        return world.leap.goal != nil
    }

    /// Revisions go on where they were, so that nobody who kept one takes the new cluster for the old one.
    private func startOver() {
        let (now, revision) = (now, parts.store.revision)
        openStreams.finishAll()
        parts.sessions.finishAll()
        world = World(scenario: scenario, seed: seed, clock: now, revision: revision + 1)
        forgetPast()
    }
}

/// What a reset replaces.
private struct World {
    let parts: ClusterParts
    let api: APIServer
    let reset = ResetRequest()
    let leap = TimeLeap()
    private let customResources: CustomResources

    init(scenario: ScenarioDefinition, seed: UInt64, clock: Instant, revision: Int) {
        parts = ClusterParts(seed: seed, clock: clock - scenario.age, revision: revision, staticTokens: scenario.staticTokens)
        api = APIServer(parts)
        customResources = CustomResources(parts)
        SimulationControl(parts, reset: reset, leap: leap).install()
        Furniture.load(into: parts)
        scenario.load(into: parts, seed: seed)
        parts.timeline.advance(to: clock)
    }
}

/// The answers that clients may still be reading or waiting for.
private struct OpenStreams {
    private var streams: [ByteChannel] = []
    private var deferred: [DeferredResponse] = []

    mutating func add(_ response: APIResponse) {
        switch response.body {
        case .stream(let stream):
            streams.removeAll(where: \.isFinished)
            streams.append(stream)
        case .deferred(let response):
            deferred.removeAll { $0.current != nil }
            deferred.append(response)
        case .bytes, .session: break
        }
    }

    mutating func finishAll() {
        for stream in streams { stream.finish() }
        for response in deferred { response.complete(.text("the cluster was reset\n", status: 503)) }
        self = OpenStreams()
    }
}
