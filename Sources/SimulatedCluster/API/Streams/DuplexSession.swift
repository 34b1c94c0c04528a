import Synchronization

/// A conversation in messages: what exec, attach and port-forward speak over a WebSocket.
///
/// What the cluster says lies in `outbound`; what the client says is handed to `SimulatedCluster.receive`, so that it takes
/// effect at a point of the cluster's own time.
package final class DuplexSession: Sendable {
    package let outbound = MessageChannel()

    package init() {}
}

/// What happens at the client's end of a session.
package enum SessionInput: Sendable {
    case message([UInt8])
    case closed
}

/// The open sessions, and who in the cluster hears what their clients say.
package final class SessionTable {
    private struct Entry {
        let session: DuplexSession
        let receive: (SessionInput) -> Void
    }

    private var entries: [ObjectIdentifier: Entry] = [:]

    package init() {}

    func open(_ session: DuplexSession, receive: @escaping (SessionInput) -> Void) {
        entries[ObjectIdentifier(session)] = Entry(session: session, receive: receive)
    }

    func deliver(_ input: SessionInput, to session: DuplexSession) {
        let id = ObjectIdentifier(session)
        guard let entry = entries[id] else { return }
        if case .closed = input { entries[id] = nil }
        entry.receive(input)
    }

    /// Ends all sessions without asking anybody.
    func finishAll() {
        for entry in entries.values { entry.session.outbound.finish() }
        entries = [:]
    }
}

/// Whole messages from one writer to one reader, who takes all that are pending at once.
///
/// A reader that lets more than `limit` bytes pile up is cut off, as with `ByteChannel`.
package final class MessageChannel: Sendable {
    private struct State {
        var pending: [[UInt8]] = []
        var bytes = 0
        var isFinished = false
        var reader: CheckedContinuation<[[UInt8]]?, Never>?

        mutating func take() -> [[UInt8]] {
            bytes = 0
            defer { pending = [] }
            return pending
        }
    }

    private let state = Mutex(State())
    private let limit: Int

    package init(limit: Int = 64 << 20) {
        self.limit = limit
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
            finish()
        }
    }

    /// What is pending now, without waiting.
    package func drain() -> [[UInt8]] {
        state.withLock { $0.take() }
    }

    package var isFinished: Bool {
        state.withLock(\.isFinished)
    }
}
