import Synchronization

/// The reflectors that a client runs: one for each scope, however many follow it.
///
/// A reflector keeps no object, so it can't tell a newcomer what the others know already. It begins anew then, and tells everybody:
/// that costs the one list that the newcomer needs anyway, and from there on one watch is enough for all.
final class SharedReflectors: Sendable {
    private struct Running {
        var audience: ReflectorAudience
        var task: Task<Void, Never>
    }

    private let running = Mutex<[ReflectorScope: Running]>([:])

    var count: Int { running.withLock(\.count) }

    /// Fills a channel with what happens in a scope, until it leaves.
    /// - Parameter run: tells an audience from the beginning, until its task is cancelled or nobody listens.
    func join(_ scope: ReflectorScope, _ channel: BatchChannel<ReflectorEvent>, run: @escaping @Sendable (ReflectorAudience) async -> Void)
    {
        running.withLock { running in
            let old = running[scope]
            // As long as nothing was told, nothing was missed.
            if let old, old.audience.add(channel) { return }
            let audience = ReflectorAudience((old?.audience.channels ?? []) + [channel])
            old?.task.cancel()
            let task = Task(priority: .utility) {
                // What the earlier one tells last must not mix with what this one tells.
                await old?.task.value
                await run(audience)
                if !Task.isCancelled { audience.finish() }
            }
            running[scope] = Running(audience: audience, task: task)
        }
    }

    /// The last one to leave ends the reflector.
    func leave(_ scope: ReflectorScope, _ channel: BatchChannel<ReflectorEvent>) {
        let ended = running.withLock { running -> Running? in
            guard let current = running[scope], current.audience.remove(channel) else { return nil }
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
            state.hasHeard = true
            return state.channels
        }
        channels.forEach { $0.finish() }
    }
}
