import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import SimulatedCluster

/// The SPDY side of one HTTP/1.1 connection, for exec, attach and port-forward of clients that don't use WebSockets for them.
final class SPDYUpgrade: HTTPServerProtocolUpgrader, Sendable {
    /// The request goes on as an ordinary one, whose answer says why.
    struct Refused: Error {}

    let supportedProtocol = "SPDY/3.1"
    let requiredUpgradeHeaders: [String] = []

    private let service: APIService
    private let identity: ClientIdentity?
    private let accepted = NIOLockedValueBox<DuplexSession?>(nil)

    init(service: APIService, identity: ClientIdentity?) {
        self.service = service
        self.identity = identity
    }

    func buildUpgradeResponse(
        channel: any Channel, upgradeRequest: HTTPRequestHead, initialResponseHeaders: HTTPHeaders
    ) -> EventLoopFuture<HTTPHeaders> {
        channel.eventLoop.makeFutureWithTask {
            let name = try await self.accept(upgradeRequest)
            return initialResponseHeaders + [("X-Stream-Protocol-Version", name)]
        }
    }

    func upgrade(context: ChannelHandlerContext, upgradeRequest: HTTPRequestHead) -> EventLoopFuture<Void> {
        context.eventLoop.makeCompletedFuture {
            guard let session = accepted.withLockedValue({ $0 }) else { return }
            let bytes = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: context.channel)
            // It ends with the connection, which the server closes when it stops.
            Task { [service] in await ByteCarrier(session: session, service: service).run(on: bytes) }
        }
    }

    /// - Returns: the protocol that is spoken in SPDY's streams.
    private func accept(_ head: HTTPRequestHead) async throws -> String {
        // Other requests may not be handed to the API twice: they change things.
        guard Self.isSession(RequestTarget(head.uri).path) else { throw Refused() }
        let response = await service.respond(to: APIRequest(head: head, body: [], identity: identity))
        guard case .session(let session, let name) = response.body else { throw Refused() }
        accepted.withLockedValue { $0 = session }
        return name
    }

    /// Whether it is `/api/v1/namespaces/NAMESPACE/pods/POD/exec` or the like, or `/api/v1/nodes/NODE/proxy/exec/…`: any object can have
    /// such a name.
    private static func isSession(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        if parts.count > 6, parts.starts(with: ["api", "v1", "nodes"]), parts[4] == "proxy" {
            return ["exec", "attach", "portForward"].contains(parts[5])
        }
        return parts.count == 7 && parts.starts(with: ["api", "v1", "namespaces"]) && parts[4] == "pods"
            && ["exec", "attach", "portforward"].contains(parts[6])
    }
}

extension HTTPHeaders {
    fileprivate static func + (headers: HTTPHeaders, more: [(String, String)]) -> HTTPHeaders {
        var headers = headers
        headers.add(contentsOf: more)
        return headers
    }
}
