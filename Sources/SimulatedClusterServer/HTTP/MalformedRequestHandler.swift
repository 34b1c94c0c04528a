import KubernetesModel
import NIOCore
import NIOHTTP1
import SimulatedCluster

/// Answers what is no HTTP, or hurts its limits, with a `Status`. The connection ends with it: where the next request would begin is
/// not known.
final class MalformedRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// An answer that has begun can't be replaced by another one.
    private var isAnswering = false

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
        if let problem = error as? HTTPParserError, !isAnswering { answer(Self.status(for: problem), context) }
        context.fireErrorCaught(error)
    }

    private func answer(_ status: StatusError, _ context: ChannelHandlerContext) {
        let body = ByteBuffer(bytes: JSONWriter.compact(status.json) + [UInt8(ascii: "\n")])
        let headers = HTTPHeaders([
            ("content-type", "application/json"), ("content-length", String(body.readableBytes)), ("connection", "close"),
        ])
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status.code), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
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
