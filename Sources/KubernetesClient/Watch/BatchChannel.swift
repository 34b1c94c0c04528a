import Synchronization

/// A bounded queue between producers and one consumer: the consumer takes everything at once, the producers wait while the
/// queue is full.
final class BatchChannel<Element: Sendable>: Sendable {
    private struct State {
        var pending: [Element] = []
        var isFinished = false
        var consumer: CheckedContinuation<[Element]?, Never>?
        /// All that wait for room.
        var producers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Appends, and returns once there is room for more. False: nobody reads any longer.
    @discardableResult
    func send(_ elements: [Element]) async -> Bool {
        guard !elements.isEmpty else { return true }
        let (consumer, batch, isFull) = state.withLock { state -> (CheckedContinuation<[Element]?, Never>?, [Element], Bool) in
            guard !state.isFinished else { return (nil, [], false) }
            guard let consumer = state.consumer else {
                state.pending += elements
                return (nil, [], state.pending.count >= capacity)
            }
            state.consumer = nil
            return (consumer, elements, false)
        }
        consumer?.resume(returning: batch)
        if isFull { await waitForRoom() }
        return state.withLock { !$0.isFinished } && !Task.isCancelled
    }

    /// Everything that was sent since the last call; waits for something. Nil at the end, or when the task is cancelled.
    func next() async -> [Element]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (result, producers) = state.withLock { state -> (result: [Element]??, producers: [CheckedContinuation<Void, Never>]) in
                    defer { state.producers = [] }
                    if !state.pending.isEmpty {
                        defer { state.pending = [] }
                        return (.some(state.pending), state.producers)
                    }
                    // Cancelled before the handler could see a continuation: end here, or nobody ever would.
                    if state.isFinished || Task.isCancelled { return (.some(nil), state.producers) }
                    state.consumer = continuation
                    return (nil, state.producers)
                }
                producers.forEach { $0.resume() }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            finish()
        }
    }

    /// Ends the sequence after what is pending.
    func finish() {
        let (consumer, producers) = state.withLock { state in
            defer { (state.consumer, state.producers) = (nil, []) }
            state.isFinished = true
            return (state.consumer, state.producers)
        }
        consumer?.resume(returning: nil)
        producers.forEach { $0.resume() }
    }

    private func waitForRoom() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !state.isFinished, !Task.isCancelled, state.pending.count >= capacity else { return false }
                    state.producers.append(continuation)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            // Which of them was cancelled can't be told here; the others have handed over what they had, and come back a little early.
            state.withLock { state in
                defer { state.producers = [] }
                return state.producers
            }.forEach { $0.resume() }
        }
    }
}
