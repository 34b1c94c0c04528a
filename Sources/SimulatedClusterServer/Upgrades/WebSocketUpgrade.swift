import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOWebSocket
import SimulatedCluster

/// The WebSocket side of one HTTP/1.1 connection.
///
/// The API decides whether a handshake succeeds. One that it refuses goes on as an ordinary request, so that its answer is a
/// `Status` like any other.
final class WebSocketUpgrade: Sendable {
    private enum Accepted {
        case session(SessionCarrier)
        case stream(StreamCarrier)
    }

    /// As `golang.org/x/net/websocket` has it.
    private static let longestFrame = 32 << 20

    private let service: APIService
    private let identity: ClientIdentity?
    private let accepted = NIOLockedValueBox<Accepted?>(nil)

    init(service: APIService, identity: ClientIdentity?) {
        self.service = service
        self.identity = identity
    }

    /// For the pipeline of the connection, which it leaves when the connection changes over.
    func upgrader() -> NIOWebSocketServerUpgrader {
        NIOWebSocketServerUpgrader(
            maxFrameSize: Self.longestFrame,
            shouldUpgrade: { channel, head in channel.eventLoop.makeFutureWithTask { await self.accept(head) } },
            upgradePipelineHandler: { channel, _ in channel.eventLoop.makeCompletedFuture { try self.install(on: channel) } }
        )
    }

    private func accept(_ head: HTTPRequestHead) async -> HTTPHeaders? {
        // Other requests may not be handed to the API twice: they change things.
        guard head.method == .GET else { return nil }
        let response = await service.respond(to: APIRequest(head: head, body: [], identity: identity))
        switch response.body {
        case .session(let session, let name):
            let carrier = SessionCarrier(session: session, framing: SessionFraming(protocol: name), service: service)
            accepted.withLockedValue { $0 = .session(carrier) }
            return Self.headers(protocol: name)
        case .stream(let source) where !source.isWhole:
            let isWatch = response.headers.contains { $0.name == "content-type" && $0.value.hasPrefix("application/") }
            let framing = isWatch ? StreamFraming.lines : StreamFraming(offered: head.headers["sec-websocket-protocol"])
            accepted.withLockedValue { $0 = .stream(StreamCarrier(source: source, framing: framing)) }
            return Self.headers(protocol: framing.protocolName)
        case .bytes, .stream, .deferred: return nil
        }
    }

    private static func headers(protocol name: String) -> HTTPHeaders {
        name.isEmpty ? HTTPHeaders() : HTTPHeaders([("Sec-WebSocket-Protocol", name)])
    }

    private func install(on channel: any Channel) throws {
        guard let accepted = accepted.withLockedValue({ $0 }) else { return }
        let messages = try NIOAsyncChannel<WebSocketFrame, WebSocketFrame>(wrappingChannelSynchronously: channel)
        // It ends with the connection, which the server closes when it stops.
        Task {
            switch accepted {
            case .session(let carrier): await carrier.run(on: messages)
            case .stream(let carrier): await carrier.run(on: messages)
            }
        }
    }
}
