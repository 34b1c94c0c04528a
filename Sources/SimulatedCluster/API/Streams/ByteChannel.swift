import DequeModule
import Synchronization

/// Bytes from one writer to one reader, who takes what is pending in portions.
///
/// What is pending stays in the pieces it was sent in: an event that a thousand slow watchers wait for is held once, not a thousand
/// times. A reader that lets more than `limit` bytes pile up is cut off: a slow watcher must not hold the cluster's memory.
package final class ByteChannel: Sendable {
    /// Gives about a number of bytes of what comes before everything that is sent; nil when there is no more of it.
    package typealias Opening = @Sendable (Int) -> [UInt8]?

    private struct State {
        /// Let go as soon as nobody will come for it: it may hold every object of a resource.
        var opening: Opening?
        var pending: Deque<HeldBytes.Piece> = []
        /// How many bytes are pending.
        var count = 0
        var isFinished = false
        var isCutOff = false
        var reader: CheckedContinuation<[UInt8]?, Never>?

        /// Whole pieces, the first in any case, up to a number of bytes.
        mutating func take(upTo limit: Int) -> [UInt8] {
            var taken = pending.popFirst()?.bytes ?? []
            while let next = pending.first?.bytes, taken.count + next.count <= limit {
                taken += next
                pending.removeFirst()
            }
            count -= taken.count
            return taken
        }

        mutating func cutOff() {
            isFinished = true
            isCutOff = true
            drop()
        }

        mutating func drop() {
            (opening, pending, count) = (nil, [], 0)
        }
    }

    /// A reader that waits for its client holds no more than this, or one piece.
    private static let portion = 64 << 10

    private let state: Mutex<State>
    private let limit: Int

    /// Whether nothing comes after the opening.
    package let isWhole: Bool

    package init(limit: Int = 16 << 20, opening: Opening? = nil) {
        self.limit = limit
        state = Mutex(State(opening: opening))
        isWhole = false
    }

    /// What is there already, and is written as it is read.
    init(whole opening: @escaping Opening) {
        limit = 0
        state = Mutex(State(opening: opening))
        isWhole = true
        finish()
    }

    /// Appends bytes; false when nobody will read them: the channel was closed, or its reader is too slow and was cut off.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        send(HeldBytes.Piece(bytes))
    }

    @discardableResult
    func send(_ piece: HeldBytes.Piece) -> Bool {
        let bytes = piece.bytes
        let (isOpen, reader) = state.withLock { state -> (Bool, CheckedContinuation<[UInt8]?, Never>?) in
            guard !state.isFinished else { return (false, nil) }
            if let reader = state.reader {
                state.reader = nil
                return (true, reader)
            }
            if state.count + bytes.count > limit, !state.pending.isEmpty {
                state.cutOff()
                return (false, nil)
            }
            state.pending.append(piece)
            state.count += bytes.count
            return (true, nil)
        }
        reader?.resume(returning: bytes)
        return isOpen
    }

    /// How many bytes wait for the reader.
    var pendingCount: Int { state.withLock(\.count) }

    /// Ends the channel, and takes from its reader what it has not come for.
    func cutOff() {
        end { $0.cutOff() }
    }

    /// Ends the channel from either side; the reader still gets what is pending.
    package func finish() {
        end { $0.isFinished = true }
    }

    /// Whoever waits learns of the end, also when he had taken everything just before.
    private func end(_ change: (inout State) -> Void) {
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, Never>? in
            change(&state)
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
            if let first = takeOpening(Self.portion) { return first }
            return await withCheckedContinuation { continuation in
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
            state.withLock { $0.drop() }
        }
    }

    /// What is pending now, without waiting.
    package func drain() -> [UInt8] {
        let first = takeOpening(.max) ?? []
        return first + state.withLock { $0.take(upTo: .max) }
    }

    /// Nothing for a reader that was cut off, or has gone.
    private func takeOpening(_ wanted: Int) -> [UInt8]? {
        guard !Task.isCancelled, let opening = state.withLock(\.opening) else { return nil }
        if let bytes = opening(wanted) { return bytes }
        state.withLock { $0.opening = nil }
        return nil
    }
}
