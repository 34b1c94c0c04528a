/// A conversation in messages: what exec, attach and port-forward speak over a WebSocket.
///
/// The server puts the client's messages into `inbound` and sends those of `outbound`; the simulated machine does the reverse.
package final class DuplexSession: Sendable {
    package let inbound = MessageChannel()
    package let outbound = MessageChannel()

    package init() {}

    package func finish() {
        inbound.finish()
        outbound.finish()
    }
}

/// Whole messages from one writer to one reader.
package final class MessageChannel: Sendable {
    private let stream: AsyncStream<[UInt8]>
    private let continuation: AsyncStream<[UInt8]>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(65_536))
    }

    /// False when the channel has ended or its reader fell too far behind.
    @discardableResult
    package func send(_ message: [UInt8]) -> Bool {
        if case .enqueued = continuation.yield(message) { true } else { false }
    }

    package func finish() {
        continuation.finish()
    }

    /// The messages, for one reader.
    package var messages: AsyncStream<[UInt8]> { stream }
}
