import DequeModule
import Synchronization

/// Bytes from one writer to one reader, who takes what is pending in portions.
///
/// What is pending stays in the pieces it was sent in: an event that a thousand slow watchers wait for is held once, not a thousand
/// times. A reader that lets more than `limit` bytes pile up is cut off: a slow watcher must not hold the cluster's memory.
package final class ByteChannel: Sendable {
    private struct State {
        var pending: Deque<[UInt8]> = []
        /// How many bytes are pending.
        var count = 0
        var isFinished = false
        var isCutOff = false
        /// What was sent ahead of the reader on purpose and not yet taken: it doesn't count against the limit.
        var headStart = 0
        var reader: CheckedContinuation<[UInt8]?, Never>?

        /// Whole pieces, the first in any case, up to a number of bytes.
        mutating func take(upTo limit: Int) -> [UInt8] {
            var taken = pending.popFirst() ?? []
            while let next = pending.first, taken.count + next.count <= limit {
                taken += next
                pending.removeFirst()
            }
            count -= taken.count
            headStart = max(0, headStart - taken.count)
            return taken
        }
    }

    /// A reader that waits for its client holds no more than this, or one piece.
    private static let portion = 256 << 10

    private let state = Mutex(State())
    private let limit: Int

    package init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// Appends bytes that the reader can't have been too slow for, as what a watch begins with.
    package func sendAhead(_ bytes: [UInt8]) {
        state.withLock { $0.headStart += bytes.count }
        send(bytes)
    }

    /// Appends bytes; false when nobody will read them: the channel was closed, or its reader is too slow and was cut off.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        let (isOpen, reader) = state.withLock { state -> (Bool, CheckedContinuation<[UInt8]?, Never>?) in
            guard !state.isFinished else { return (false, nil) }
            if let reader = state.reader {
                state.reader = nil
                state.headStart = max(0, state.headStart - bytes.count)
                return (true, reader)
            }
            if state.count + bytes.count > limit + state.headStart, !state.pending.isEmpty {
                state.isFinished = true
                state.isCutOff = true
                (state.pending, state.count) = ([], 0)
                return (false, nil)
            }
            state.pending.append(bytes)
            state.count += bytes.count
            return (true, nil)
        }
        reader?.resume(returning: bytes)
        return isOpen
    }

    /// Ends the channel from either side; the reader still gets what is pending.
    package func finish() {
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
            state.isFinished = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    package var isFinished: Bool {
        state.withLock(\.isFinished)
    }

    /// Whether the channel ended because its reader was too slow.
    package var isCutOff: Bool {
        state.withLock(\.isCutOff)
    }

    /// Pending bytes, as soon as there are some; nil at the end. One reader may wait at a time; cancelling it ends the channel.
    package func next() async -> [UInt8]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> [UInt8]?? in
                    if !state.pending.isEmpty { return .some(state.take(upTo: Self.portion)) }
                    if state.isFinished || state.reader != nil { return .some(nil) }
                    state.reader = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            // Nobody comes for what is pending any more.
            finish()
            state.withLock { state in (state.pending, state.count) = ([], 0) }
        }
    }

    /// What is pending now, without waiting.
    package func drain() -> [UInt8] {
        state.withLock { $0.take(upTo: .max) }
    }
}
