import NIOCore
import NIOPosix
import Synchronization

/// A server without manners: it reads requests over plain TCP, and writes exactly the bytes it is told to.
final class ScriptedServer: Sendable {
    struct Reply: Sendable {
        var text: String
        /// Hangs up after the text.
        var closes = false
        /// What is written again and again afterwards, for ever.
        var drip: String?

        static func raw(_ text: String, closes: Bool = true) -> Reply { Reply(text: text, closes: closes) }

        static func http(_ status: String, _ headers: [String] = [], body: String) -> Reply {
            let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Content-Type: application/json"] + headers
            return Reply(text: head.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }

        /// A body without an end of its own.
        static func stream(_ chunks: String..., ends: Bool, closes: Bool = false) -> Reply {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n"
            let body = chunks.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined()
            return Reply(text: head + body + (ends ? "0\r\n\r\n" : ""), closes: closes)
        }
    }

    /// Answers the request with a number, counted from 0, and a line such as `GET /version HTTP/1.1`.
    typealias Script = @Sendable (_ number: Int, _ line: String) -> Reply

    let port: Int
    private let channel: any Channel
    private let log: RequestLog

    private init(channel: any Channel, log: RequestLog) {
        self.channel = channel
        self.log = log
        port = channel.localAddress?.port ?? 0
    }

    static func start(_ script: @escaping Script) async throws -> ScriptedServer {
        let log = RequestLog()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler(script: script, log: log)) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(channel: channel, log: log)
    }

    /// The request lines so far, `GET` and the version left out.
    var requests: [String] { log.lines.withLock { $0 } }

    func stop() async {
        try? await channel.close()
    }

    final class RequestLog: Sendable {
        let lines = Mutex<[String]>([])
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let script: Script
        private let log: RequestLog
        private var received = ""

        init(script: @escaping Script, log: RequestLog) {
            self.script = script
            self.log = log
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            while let end = received.firstRange(of: "\r\n\r\n") {
                let line = String(received.prefix { $0 != "\r\n" })
                received = String(received[end.upperBound...])
                let number = log.lines.withLock { lines in
                    lines.append(line.split(separator: " ").dropFirst().dropLast().joined(separator: " "))
                    return lines.count - 1
                }
                answer(script(number, line), context)
            }
        }

        private func answer(_ reply: Reply, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: reply.text)), promise: nil)
            if reply.closes { context.close(promise: nil) }
            guard let drip = reply.drip else { return }
            let channel = context.channel
            channel.eventLoop.scheduleRepeatedTask(initialDelay: .milliseconds(10), delay: .milliseconds(10)) { task in
                guard channel.isActive else { return task.cancel() }
                channel.writeAndFlush(ByteBuffer(string: drip), promise: nil)
            }
        }
    }
}
