import KubernetesModel
import NIOCore
import NIOHTTP1
import SimulatedCluster

/// Answers what is no HTTP, or hurts the server's limits, with a `Status`, before anybody else hears of it.
///
/// The connection, or the stream, ends with it: where the next request would begin is not known, or a body too large would have to be
/// read first.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// HTTP/1.1's decoder ends here by itself.
    private static let headLimit = 80 << 10
    /// A client that is still sending would not read the answer if the connection broke at once; as long as Go's servers wait.
    private static let patience = TimeAmount.milliseconds(500)

    private var head: HTTPRequestHead?
    private var bodySize = 0
    private var isRefused = false
    /// An answer that has begun can't be replaced by another one.
    private var isAnswering = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isRefused {
            // A stream of HTTP/2 ends by itself: closing it now would take the answer away.
            if case .end = part, head?.version.major == 1 { context.close(promise: nil) }
        } else if let status = refusal(of: part) {
            refuse(status, context)
        } else {
            context.fireChannelRead(data)
        }
    }

    private func refusal(of part: HTTPServerRequestPart) -> StatusError? {
        switch part {
        case .head(let head):
            self.head = head
            bodySize = 0
            let size = head.uri.utf8.count + head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
            if size > Self.headLimit { return .headTooLong }
            return refusal(ofBody: head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0)
        case .body(let bytes):
            bodySize += bytes.readableBytes
            return refusal(ofBody: bodySize)
        case .end: return nil
        }
    }

    private func refusal(ofBody size: Int) -> StatusError? {
        size > APIRequest.bodyLimit ? .tooLarge(limit: APIRequest.bodyLimit) : nil
    }

    /// What still comes is thrown away, until the client has sent all or had time enough to read the answer.
    private func refuse(_ status: StatusError, _ context: ChannelHandlerContext) {
        answer(status, context)
        isRefused = true
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): isAnswering = head.status.code >= 200
        case .body: break
        case .end: isAnswering = false
        }
        context.write(data, promise: promise)
    }

    /// The decoder closes the connection as soon as this returns.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let problem = error as? HTTPParserError, !isAnswering, !isRefused { answer(Self.status(for: problem), context) }
        context.fireErrorCaught(error)
    }

    private func answer(_ status: StatusError, _ context: ChannelHandlerContext) {
        let body = ByteBuffer(bytes: JSONWriter.compact(status.json) + [UInt8(ascii: "\n")])
        var headers = HTTPHeaders([("content-type", "application/json"), ("content-length", String(body.readableBytes))])
        let version = head?.version ?? .http1_1
        if version.major == 1 { headers.add(name: "connection", value: "close") }
        let head = HTTPResponseHead(version: version, status: HTTPResponseStatus(statusCode: status.code), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if self.head?.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private static func status(for problem: HTTPParserError) -> StatusError {
        switch problem {
        case .headerOverflow: .headTooLong
        case .invalidMethod: .badRequest("malformed HTTP request: the method is none that HTTP knows")
        case .invalidVersion: .badRequest("malformed HTTP request: only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken")
        case .invalidChunkSize: .badRequest("malformed HTTP request: the size of a chunk is no hexadecimal number")
        case .invalidContentLength, .unexpectedContentLength:
            .badRequest("malformed HTTP request: the content length is no number, or stands beside chunks")
        case .invalidHeaderToken: .badRequest("malformed HTTP request: a header has characters that are not allowed there")
        case .invalidURL, .invalidHost, .invalidPath: .badRequest("malformed HTTP request: the target is no path or URL")
        default: .badRequest("malformed HTTP request")
        }
    }
}
