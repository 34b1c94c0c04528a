import KubernetesModel
import NIOConcurrencyHelpers
import NIOPosix
package import SimulatedCluster

/// Hands requests to the cluster, at the virtual time of their arrival, and keeps its clock running.
package actor APIService {
    private let cluster: SimulatedCluster
    private let time: VirtualTime
    /// Ends with the last of the answers to large bodies that are being given.
    private var turn: Task<Void, Never>?
    private var wakeUp = WakeUp()
    private var alarm: Task<Void, Never>?
    /// Requests that are under way when it stops would start the clock again.
    private var isStopped = false

    package init(cluster: SimulatedCluster, time: VirtualTime) {
        self.cluster = cluster
        self.time = time
    }

    package func start() async {
        setAlarm(for: await cluster.run(until: time.now))
    }

    package func stop() {
        isStopped = true
        alarm?.cancel()
    }

    /// Bodies of this size are read beside the cluster. The threads that do it share the processor fairly with the one that answers.
    private static let largeBody = 32 << 10

    func respond(to request: APIRequest) async -> APIResponse {
        let (response, next) = request.body.count > Self.largeBody ? await respondInTurn(to: request) : await answer(to: request)
        setAlarm(for: next)
        guard case .deferred(let deferred) = response.body else { return response }
        // Others get their answers in between.
        while await cluster.leap() {}
        setAlarm(for: await cluster.nextWakeUp)
        return await deferred.value
    }

    private func answer(to request: APIRequest) async -> (APIResponse, next: Instant?) {
        await cluster.respond(to: request, at: time.now)
    }

    /// Of requests with large bodies one waits for the other, so that small ones come in between, and no more than one is held as a tree.
    private func respondInTurn(to request: APIRequest) async -> (APIResponse, next: Instant?) {
        let previous = turn
        let answer = Task {
            await previous?.value
            return await self.answer(to: Self.read(request))
        }
        turn = Task { _ = await answer.value }
        return await answer.value
    }

    private static func read(_ request: APIRequest) async -> APIRequest {
        let read = try? await NIOThreadPool.singleton.runIfActive {
            var request = request
            request.readBody()
            return request
        }
        return read ?? request
    }

    func receive(_ input: SessionInput, in session: DuplexSession) async {
        setAlarm(for: await cluster.receive(input, in: session, at: time.now))
    }

    /// Wakes the cluster when it next has something to do by itself.
    private func setAlarm(for next: Instant?) {
        guard let next, !isStopped, let delay = time.delay(until: next), wakeUp.ask(for: next) else { return }
        alarm?.cancel()
        alarm = Task {
            try? await Task.sleep(for: delay)
            if !Task.isCancelled { await self.ring() }
        }
    }

    /// Turns that ran beside each other would grow in number with every request, as long as there is too much to do.
    private func ring() async {
        guard wakeUp.begin() else { return }
        let next = await cluster.run(until: time.now)
        setAlarm(for: wakeUp.end(next: next))
    }
}

extension SimulatedCluster {
    /// How long the cluster works on its own before it looks for requests again.
    private static let turn = Duration.milliseconds(8)

    /// Moves the clock, unless it stands still, and answers; both without anything in between.
    fileprivate func respond(to request: APIRequest, at now: Instant?) -> (APIResponse, next: Instant?) {
        if let now { keepUp(with: now, budget: Self.turn) }
        return (handle(request), nextWakeUp)
    }

    fileprivate func receive(_ input: SessionInput, in session: DuplexSession, at now: Instant?) -> Instant? {
        if let now { keepUp(with: now, budget: Self.turn) }
        receive(input, in: session)
        return nextWakeUp
    }

    fileprivate func leap() -> Bool {
        leap(budget: Self.turn)
    }

    fileprivate func run(until now: Instant?) -> Instant? {
        if let now { advanceSlice(to: now, budget: Self.turn) }
        return nextWakeUp
    }
}
