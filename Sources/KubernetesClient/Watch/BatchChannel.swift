import Synchronization

/// A bounded queue between one producer and one consumer: the consumer takes everything at once, the producer waits while
/// the queue is full.
final class BatchChannel<Element: Sendable>: Sendable {
    private struct State {
        var pending: [Element] = []
        var isFinished = false
        var consumer: CheckedContinuation<[Element]?, Never>?
        var producer: CheckedContinuation<Void, Never>?
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
                let (result, producer) = state.withLock { state -> (result: [Element]??, producer: CheckedContinuation<Void, Never>?) in
                    defer { state.producer = nil }
                    if !state.pending.isEmpty {
                        defer { state.pending = [] }
                        return (.some(state.pending), state.producer)
                    }
                    // Cancelled before the handler could see a continuation: end here, or nobody ever would.
                    if state.isFinished || Task.isCancelled { return (.some(nil), state.producer) }
                    state.consumer = continuation
                    return (nil, state.producer)
                }
                producer?.resume()
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            finish()
        }
    }

    /// Ends the sequence after what is pending.
    func finish() {
        let (consumer, producer) = state.withLock { state in
            defer { (state.consumer, state.producer) = (nil, nil) }
            state.isFinished = true
            return (state.consumer, state.producer)
        }
        consumer?.resume(returning: nil)
        producer?.resume()
    }

    private func waitForRoom() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !state.isFinished, !Task.isCancelled, state.pending.count >= capacity else { return false }
                    state.producer = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state in
                defer { state.producer = nil }
                return state.producer
            }?.resume()
        }
    }
}
