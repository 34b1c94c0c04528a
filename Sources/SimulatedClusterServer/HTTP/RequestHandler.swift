import NIOCore
import NIOHTTP1
import NIOWebSocket
import SimulatedCluster

/// Answers the requests of one HTTP/1.1 connection, or of one HTTP/2 stream: it doesn't know which.
///
/// It belongs to its event loop; an answer is written from a task, which ends with the connection.
final class RequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let service: APIService
    private let identity: ClientIdentity?
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var answer: Task<Void, Never>?
    /// Set where the connection can change over to another protocol.
    var makeUpgradeHandler: (() -> HTTPServerUpgradeHandler)?

    init(service: APIService, identity: ClientIdentity?) {
        self.service = service
        self.identity = identity
    }

    /// An upgrade handler looks at one request and goes; clients may ask for an upgrade with any request of a connection.
    func renewUpgrade(in pipeline: ChannelPipeline.SynchronousOperations) throws {
        if let handler = makeUpgradeHandler?() { try pipeline.addHandler(handler, position: .before(self)) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            if head.version == .http1_1, head.headers[canonicalForm: "expect"].contains("100-continue") {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            }
        case .body(let buffer):
            body.append(contentsOf: buffer.readableBytesView)
        case .end:
            guard let head else { return }
            self.head = nil
            do {
                try renewUpgrade(in: context.pipeline.syncOperations)
            } catch {
                return context.close(promise: nil)
            }
            let request = APIRequest(head: head, body: body, identity: identity)
            body = []
            let writer = ResponseWriter(channel: context.channel, head: head)
            answer = Task { [service] in await writer.write(await service.respond(to: request)) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A handshake that is malformed, or that the API refuses, goes on as an ordinary request.
        if error is NIOWebSocketUpgradeError || error is SPDYUpgrade.Refused { return }
        context.close(promise: nil)
    }
}

extension APIRequest {
    init(head: HTTPRequestHead, body: [UInt8], identity: ClientIdentity?) {
        let target = RequestTarget(head.uri)
        self.init(
            method: head.method.rawValue, path: target.path, query: target.query, rawQuery: target.rawQuery,
            headers: head.headers.map { (name: $0.name.lowercased(), value: $0.value) },
            body: body, clientCertificate: identity
        )
    }
}
