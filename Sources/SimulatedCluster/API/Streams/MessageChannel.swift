import Synchronization

/// Whole messages from one writer to one reader, who takes all that are pending at once.
///
/// A writer who can wait looks for room first. A reader that lets more than `limit` bytes pile up all the same is cut off, as with
/// `ByteChannel`.
package final class MessageChannel: Sendable {
    private struct State {
        var pending: [[UInt8]] = []
        var bytes = 0
        /// Whether there was no room when the reader came.
        var wasFull = false
        var isFinished = false
        var reader: CheckedContinuation<[[UInt8]]?, Never>?

        mutating func take() -> [[UInt8]] {
            wasFull = wasFull || bytes >= MessageChannel.capacity
            bytes = 0
            defer { pending = [] }
            return pending
        }
    }

    /// There is room while fewer bytes are pending.
    static let capacity = 256 << 10

    private let state = Mutex(State())
    private let limit: Int

    package init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// Whether writers needn't wait. There is room for what nobody will read.
    var hasRoom: Bool {
        state.withLock { $0.isFinished || $0.bytes < Self.capacity }
    }

    /// Whether the reader has made room since it was asked last, where there had been none: writers may wait to hear of it.
    package func takeRelief() -> Bool {
        state.withLock { state in
            defer { state.wasFull = false }
            return state.wasFull
        }
    }

    /// False when nobody will read the message.
    @discardableResult
    package func send(_ message: [UInt8]) -> Bool {
        let (isOpen, reader) = state.withLock { state -> (Bool, CheckedContinuation<[[UInt8]]?, Never>?) in
            guard !state.isFinished else { return (false, nil) }
            if let reader = state.reader {
                state.reader = nil
                return (true, reader)
            }
            guard state.bytes + message.count <= limit || state.pending.isEmpty else {
                state.isFinished = true
                _ = state.take()
                return (false, nil)
            }
            state.pending.append(message)
            state.bytes += message.count
            return (true, nil)
        }
        reader?.resume(returning: [message])
        return isOpen
    }

    /// Ends the channel from either side; the reader still gets what is pending.
    package func finish() {
        let reader = state.withLock { state -> CheckedContinuation<[[UInt8]]?, Never>? in
            state.isFinished = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    /// All pending messages, as soon as there are some; nil at the end. One reader may wait at a time; cancelling it ends the channel.
    package func next() async -> [[UInt8]]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> [[UInt8]]?? in
                    if !state.pending.isEmpty { return .some(state.take()) }
                    if state.isFinished || state.reader != nil { return .some(nil) }
                    state.reader = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            // Nobody comes for what is pending any more.
            finish()
            state.withLock { state in _ = state.take() }
        }
    }

    /// What is pending now, without waiting.
    package func drain() -> [[UInt8]] {
        state.withLock { $0.take() }
    }

    package var isFinished: Bool {
        state.withLock(\.isFinished)
    }

    /// Sends bytes of a stream in messages that clients with usual limits take, each after the same prefix.
    func send(_ bytes: [UInt8], inPiecesAfter prefix: [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: Self.pieceSize) {
            send(prefix + bytes[start..<min(start + Self.pieceSize, bytes.count)])
        }
    }

    private static let pieceSize = 32 << 10
}
