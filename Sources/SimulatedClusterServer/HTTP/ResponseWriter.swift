import NIOCore
import NIOHTTP1
import SimulatedCluster

/// Puts an answer on the wire. A write waits until the connection has taken it: a slow reader slows only its own answer.
struct ResponseWriter: Sendable {
    /// How much of a body is on its way to a connection that doesn't take it.
    private static let portion = 64 << 10

    private let channel: any Channel
    private let version: HTTPVersion
    private let isHeadRequest: Bool
    private let acceptsGzip: Bool
    private let keepsAlive: Bool

    init(channel: any Channel, head: HTTPRequestHead) {
        self.channel = channel
        version = head.version
        isHeadRequest = head.method == .HEAD
        acceptsGzip = head.headers[canonicalForm: "accept-encoding"].contains {
            $0.hasPrefix("gzip") && !$0.filter { $0 != " " }.hasSuffix("q=0")
        }
        keepsAlive = head.isKeepAlive
    }

    /// Errors mean that the client has gone: there is nobody to tell.
    func write(_ response: APIResponse) async {
        do {
            switch response.body {
            case .bytes(let bytes): try await write(response, bytes: bytes)
            case .stream(let source): try await write(response, stream: source)
            case .deferred(let deferred): await write(deferred.value)
            case .session(let session, _):
                // Only the handshake of an upgrade can be answered with a session, and this was none.
                session.outbound.finish()
                await write(APIResponse(.badRequest("Upgrade request required")))
            }
            if !keepsAlive, channel.isActive { try await channel.close() }
        } catch {
            if case .stream(let source) = response.body { source.finish() }
            channel.close(promise: nil)
        }
    }

    private func write(_ response: APIResponse, bytes: [UInt8]) async throws {
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        var bytes = bytes
        if acceptsGzip, bytes.count > Gzip.threshold, !headers.contains(name: "content-encoding"), let compressed = Gzip.compress(bytes) {
            bytes = compressed
            headers.add(name: "content-encoding", value: "gzip")
            headers.add(name: "vary", value: "Accept-Encoding")
        }
        headers.replaceOrAdd(name: "content-length", value: String(bytes.count))
        try await send(head(response, headers), flush: false)
        if !isHeadRequest { try await send(body: bytes, flush: bytes.count > Self.portion) }
        try await send(.end(nil))
    }

    private func write(_ response: APIResponse, stream source: ByteChannel) async throws {
        defer { source.finish() }
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        if version == .http1_1 { headers.replaceOrAdd(name: "transfer-encoding", value: "chunked") }
        // What goes on is not compressed: its reader waits for each piece.
        let gzip = acceptsGzip && source.isWhole ? GzipStream() : nil
        if gzip != nil {
            headers.add(name: "content-encoding", value: "gzip")
            headers.add(name: "vary", value: "Accept-Encoding")
        }
        // HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
        if version == .http1_0 { headers.replaceOrAdd(name: "connection", value: "close") }
        try await send(head(response, headers))
        if isHeadRequest { return try await send(.end(nil)) }
        while let bytes = await source.next() { try await send(body: gzip?.compress(bytes) ?? bytes) }
        if let gzip { try await send(body: gzip.finish()) }
        if source.isCutOff { return try await channel.close() }
        try await send(.end(nil))
        if version == .http1_0 { try await channel.close() }
    }

    /// In portions: what a connection has not taken yet is held for it alone, where the bytes themselves may be shared with others.
    private func send(body bytes: [UInt8], flush: Bool = true) async throws {
        for start in stride(from: 0, to: bytes.count, by: Self.portion) {
            let end = min(start + Self.portion, bytes.count)
            try await send(.body(.byteBuffer(ByteBuffer(bytes: bytes[start..<end]))), flush: flush)
        }
    }

    private func head(_ response: APIResponse, _ headers: HTTPHeaders) -> HTTPServerResponsePart {
        .head(HTTPResponseHead(version: version, status: HTTPResponseStatus(statusCode: response.status), headers: headers))
    }

    /// Without a flush it returns at once; the next flush takes the part along.
    private func send(_ part: HTTPServerResponsePart, flush: Bool = true) async throws {
        if flush {
            try await channel.writeAndFlush(part)
        } else {
            channel.write(part, promise: nil)
        }
    }
}
