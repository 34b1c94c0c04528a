import Synchronization

/// The reflectors that a client runs: one for each scope, however many follow it.
///
/// A reflector keeps no object, so it can't tell a newcomer what the others know already. A newcomer reads a list of its own, and is told
/// by the watch of the others from there on: one watch is enough for all, and nobody is told twice.
final class SharedReflectors: Sendable {
    private struct Running {
        var audience: ReflectorAudience
        var task: Task<Void, Never>
        var latecomers: [Late] = []

        /// Forgets a latecomer, and keeps nobody waiting for it; nil for one who has been there from the start.
        mutating func remove(latecomer channel: BatchChannel<ReflectorEvent>) -> Late? {
            guard let index = latecomers.firstIndex(where: { $0.latecomer.channel === channel }) else { return nil }
            latecomers[index].latecomer.waiting.finish()
            return latecomers.remove(at: index)
        }
    }

    private struct Late {
        let latecomer: Latecomer
        let task: Task<Void, Never>
    }

    private let running = Mutex<[ReflectorScope: Running]>([:])

    var count: Int { running.withLock(\.count) }

    /// Fills a channel with what happens in a scope, until it leaves.
    /// - Parameters:
    ///   - list: tells an audience what exists, and returns its version; nil when it can't.
    ///   - run: tells an audience from the beginning, until its task is cancelled or nobody listens.
    func join(
        _ scope: ReflectorScope, _ channel: BatchChannel<ReflectorEvent>, list: @escaping @Sendable (ReflectorAudience) async -> String?,
        run: @escaping @Sendable (ReflectorAudience) async -> Void
    ) {
        running.withLock { running in
            guard let current = running[scope] else { return running[scope] = Self.begin(anewAfter: nil, with: channel, run) }
            // As long as nothing was told, nothing was missed.
            if current.audience.add(channel) { return }
            let latecomer = Latecomer(channel: channel)
            guard current.audience.admit(latecomer.waiting) else {
                return running[scope] = Self.begin(anewAfter: current, with: channel, run)
            }
            let task = Task(priority: .utility) { [self] in
                if await latecomer.run(list: list) { return }
                beginAnew(scope, for: latecomer, run)
            }
            running[scope]?.latecomers.append(Late(latecomer: latecomer, task: task))
        }
    }

    /// What can't be listed is followed by all together, from the beginning: who tries again does so for everybody.
    private func beginAnew(_ scope: ReflectorScope, for latecomer: Latecomer, _ run: @escaping @Sendable (ReflectorAudience) async -> Void)
    {
        running.withLock { running in
            guard var current = running[scope], current.remove(latecomer: latecomer.channel) != nil else { return }
            _ = current.audience.remove(latecomer.waiting)
            running[scope] = Self.begin(anewAfter: current, with: latecomer.channel, run)
        }
    }

    private static func begin(
        anewAfter old: Running?, with channel: BatchChannel<ReflectorEvent>, _ run: @escaping @Sendable (ReflectorAudience) async -> Void
    ) -> Running {
        let audience = ReflectorAudience((old?.audience.channels ?? []) + [channel])
        old?.task.cancel()
        let task = Task(priority: .utility) {
            // What the earlier one tells last must not mix with what this one tells.
            await old?.task.value
            await run(audience)
            if !Task.isCancelled { audience.finish() }
        }
        return Running(audience: audience, task: task, latecomers: old?.latecomers ?? [])
    }

    /// The last one to leave ends the reflector.
    func leave(_ scope: ReflectorScope, _ channel: BatchChannel<ReflectorEvent>) {
        let ended = running.withLock { running -> Running? in
            guard var current = running[scope] else { return nil }
            let late = current.remove(latecomer: channel)
            late?.task.cancel()
            running[scope] = current
            guard current.audience.remove(late?.latecomer.waiting ?? channel) else { return nil }
            running[scope] = nil
            return current
        }
        ended?.task.cancel()
    }
}

/// Those whom a reflector tells what happens. The slowest of them sets the pace.
final class ReflectorAudience: Sendable {
    private struct State {
        var channels: [BatchChannel<ReflectorEvent>]
        var hasHeard = false
        var isFinished = false
    }

    private let state: Mutex<State>

    init(_ channels: [BatchChannel<ReflectorEvent>]) {
        state = Mutex(State(channels: channels))
    }

    var channels: [BatchChannel<ReflectorEvent>] { state.withLock(\.channels) }

    /// - Returns: false when the channel would miss what was told before.
    func add(_ channel: BatchChannel<ReflectorEvent>) -> Bool {
        state.withLock { state in
            guard !state.hasHeard else { return false }
            state.channels.append(channel)
            return true
        }
    }

    /// For one who knows otherwise what was told before.
    /// - Returns: false when nothing more will be told.
    func admit(_ channel: BatchChannel<ReflectorEvent>) -> Bool {
        state.withLock { state in
            guard !state.isFinished else { return false }
            state.channels.append(channel)
            return true
        }
    }

    /// - Returns: whether that was the last one.
    func remove(_ channel: BatchChannel<ReflectorEvent>) -> Bool {
        state.withLock { state in
            state.channels.removeAll { $0 === channel }
            return state.channels.isEmpty
        }
    }

    /// Returns once everybody has room for more. False: nobody listens any longer.
    @discardableResult
    func send(_ events: [ReflectorEvent]) async -> Bool {
        guard !events.isEmpty else { return true }
        let channels = state.withLock { state in
            state.hasHeard = true
            return state.channels
        }
        var isHeard = false
        for channel in channels where await channel.send(events) { isHeard = true }
        return isHeard
    }

    /// Nothing more will be told.
    func finish() {
        let channels = state.withLock { state in
            (state.hasHeard, state.isFinished) = (true, true)
            return state.channels
        }
        channels.forEach { $0.finish() }
    }
}
