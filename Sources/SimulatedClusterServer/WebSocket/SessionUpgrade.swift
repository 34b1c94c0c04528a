import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOWebSocket
import SimulatedCluster

/// The WebSocket side of one HTTP/1.1 connection.
///
/// The API decides whether a handshake succeeds. One that it refuses goes on as an ordinary request, so that its answer is a
/// `Status` like any other.
final class SessionUpgrade: Sendable {
    private struct Accepted {
        let session: DuplexSession
        let framing: SessionFraming
    }

    private let service: APIService
    private let identity: ClientIdentity?
    private let accepted = NIOLockedValueBox<Accepted?>(nil)

    init(service: APIService, identity: ClientIdentity?) {
        self.service = service
        self.identity = identity
    }

    /// For the pipeline of the connection whose ordinary requests `fallback` answers; it leaves when the connection changes over.
    func upgrader() -> NIOWebSocketServerUpgrader {
        NIOWebSocketServerUpgrader(
            maxFrameSize: 1 << 20,
            shouldUpgrade: { channel, head in channel.eventLoop.makeFutureWithTask { await self.accept(head) } },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeCompletedFuture { try self.install(on: channel) } }
        )
    }

    private func accept(_ head: HTTPRequestHead) async -> HTTPHeaders? {
        let response = await service.respond(to: APIRequest(head: head, body: [], identity: identity))
        guard case .session(let session, let name) = response.body else {
            if case .stream(let source) = response.body { source.finish() }
            return nil
        }
        accepted.withLockedValue { $0 = Accepted(session: session, framing: SessionFraming(protocol: name)) }
        return name.isEmpty ? HTTPHeaders() : HTTPHeaders([("Sec-WebSocket-Protocol", name)])
    }

    private func install(on channel: any Channel) throws {
        guard let accepted = accepted.withLockedValue({ $0 }) else { return }
        try channel.pipeline.syncOperations.addHandlers(
            NIOWebSocketFrameAggregator(minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024, maxAccumulatedFrameSize: 4 << 20)
        )
        let messages = try NIOAsyncChannel<WebSocketFrame, WebSocketFrame>(wrappingChannelSynchronously: channel)
        let carrier = SessionCarrier(session: accepted.session, framing: accepted.framing, service: service)
        // It ends with the connection, which the server closes when it stops.
        Task { await carrier.run(on: messages) }
    }
}
