import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// Opens WebSockets to an API server: a connection of its own each, because HTTP/2 connections can't be upgraded.
struct WebSocketConnector: Sendable {
    typealias Socket = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    enum Answer: Sendable {
        case opened(Socket, subprotocol: String?)
        /// The server answered like to any request.
        case refused(ServerStatus)
    }

    private enum Negotiated: Sendable {
        case opened(Socket, subprotocol: String?)
        case plain(NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>)
    }

    /// Larger frames than NIO's default are common.
    private static let maximumFrameSize = 16 << 20
    private static let maximumMessageSize = 16 << 20

    let configuration: ClusterConfiguration

    /// - Parameter uri: path and query.
    func open(
        _ uri: String, subprotocols: [String], headers: [(name: String, value: String)],
        certificate: ClusterConfiguration.ClientCertificate?
    ) async throws -> Answer {
        guard configuration.proxy == nil else {
            throw ClientError.Cause.proxy("commands can't be run, nor ports forwarded, through a proxy yet; reach the cluster directly")
        }
        let tls = try sslContext(certificate)
        let head = requestHead(uri, subprotocols: subprotocols, headers: headers)
        let negotiation: EventLoopFuture<Negotiated> = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(10))
            .connect(host: configuration.server.host, port: configuration.server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(sslHandler(tls)) }
                    try channel.pipeline.syncOperations.addHandler(LateEndHandler())
                    let negotiation = try Self.negotiate(head, on: channel)
                    let timer = channel.eventLoop.scheduleTask(in: .seconds(30)) { channel.close(promise: nil) }
                    negotiation.whenComplete { _ in timer.cancel() }
                    return negotiation
                }
            }
        switch try await negotiation.get() {
        case .opened(let socket, let subprotocol): return .opened(socket, subprotocol: subprotocol)
        case .plain(let channel): return .refused(try await Self.status(from: channel))
        }
    }

    private func sslContext(_ certificate: ClusterConfiguration.ClientCertificate?) throws -> NIOSSLContext? {
        guard configuration.server.isSecure else { return nil }
        var tls = try TLSConfiguration.of(configuration, certificate: certificate)
        tls.applicationProtocols = ["http/1.1"]
        return try NIOSSLContext(configuration: tls)
    }

    private func sslHandler(_ context: NIOSSLContext) throws -> NIOSSLClientHandler {
        let name = configuration.tls.serverName ?? configuration.server.host
        // Addresses are verified against the certificate too, but may not be sent as a name.
        let isAddress = (try? SocketAddress(ipAddress: name, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : name)
    }

    private func requestHead(
        _ uri: String, subprotocols: [String], headers: [(name: String, value: String)]
    ) -> HTTPRequestHead {
        var fields = HTTPHeaders()
        fields.add(name: "host", value: configuration.server.hostAndPort)
        fields.add(name: "user-agent", value: "fathom")
        // In one header: servers look at the first only.
        fields.add(name: "sec-websocket-protocol", value: subprotocols.joined(separator: ", "))
        for (name, value) in headers { fields.add(name: name, value: value) }
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: configuration.server.pathPrefix + uri, headers: fields)
    }

    private static func negotiate(_ head: HTTPRequestHead, on channel: any Channel) throws -> EventLoopFuture<Negotiated> {
        let upgrader = NIOTypedWebSocketClientUpgrader<Negotiated>(maxFrameSize: maximumFrameSize) { channel, response in
            channel.eventLoop.makeCompletedFuture {
                let aggregator = NIOWebSocketFrameAggregator(
                    minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 4096, maxAccumulatedFrameSize: maximumMessageSize
                )
                try channel.pipeline.syncOperations.addHandler(aggregator)
                let socket = try Socket(wrappingChannelSynchronously: channel)
                return .opened(socket, subprotocol: response.headers.first(name: "sec-websocket-protocol"))
            }
        }
        let upgrade = NIOTypedHTTPClientUpgradeConfiguration<Negotiated>(
            upgradeRequestHead: head,
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in
                channel.eventLoop.makeCompletedFuture { .plain(try NIOAsyncChannel(wrappingChannelSynchronously: channel)) }
            }
        )
        var pipeline = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade)
        // Of a command that ends at once all it says comes in one piece with the answer; by default that would be dropped.
        pipeline.leftOverBytesStrategy = .forwardBytes
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: pipeline)
    }

    /// Reads the answer of a server that did not open a WebSocket.
    private static func status(
        from channel: NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
    ) async throws -> ServerStatus {
        try await channel.executeThenClose { inbound, _ in
            var code = 0
            var body: [UInt8] = []
            for try await part in inbound {
                switch part {
                case .head(let head): code = Int(head.status.code)
                case .body(let bytes) where body.count < 1 << 20: body.append(contentsOf: bytes.readableBytesView)
                case .body: break
                case .end: return ServerStatus(code: code, body: body, retryAfter: nil)
                }
            }
            guard code != 0 else { throw ClientError.Cause.closedEarly }
            return ServerStatus(code: code, body: body, retryAfter: nil)
        }
    }
}
