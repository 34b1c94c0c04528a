import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL
import NIOTLS
import SimulatedCluster

/// Sets up an accepted connection: TLS first, then HTTP/2 or HTTP/1.1 as the client chooses.
struct ConnectionInitializer: Sendable {
    private let tls: NIOSSLContext
    private let authority: CertificateAuthority
    private let service: APIService

    /// - Parameter authority: whose client certificates name a user.
    init(tls: NIOSSLContext, authority: CertificateAuthority, service: APIService) {
        self.tls = tls
        self.authority = authority
        self.service = service
    }

    func initialize(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let negotiation = ApplicationProtocolNegotiationHandler { result, channel in
                configure(channel, result)
            }
            // Any certificate is let in: whom it doesn't name is told so by the API, with a `Status`.
            let encryption = NIOSSLServerHandler(context: tls) { _, verdict in verdict.succeed(.certificateVerified) }
            try channel.pipeline.syncOperations.addHandlers(PlainHTTPHandler(), encryption, negotiation)
        }
    }

    private func configure(_ channel: any Channel, _ result: ALPNResult) -> EventLoopFuture<Void> {
        let certificate = try? channel.pipeline.syncOperations.nioSSL_peerCertificate()
        let identity = certificate.flatMap { authority.identify(derEncoded: (try? $0.toDERBytes()) ?? []) }
        return result == .negotiated("h2") ? configureHTTP2(channel, identity) : configureHTTP1(channel, identity)
    }

    private func configureHTTP2(_ channel: any Channel, _ identity: ClientIdentity?) -> EventLoopFuture<Void> {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        // As Go's servers: a head too long is told so, up to here; one that is longer ends the connection.
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: 100), HTTP2Setting(parameter: .maxHeaderListSize, value: 1 << 20),
        ]
        // So many hold a head of that length, in frames of the usual size.
        configuration.maximumSequentialContinuationFrames = 64
        let streams = channel.configureHTTP2Pipeline(mode: .server, connectionConfiguration: configuration, streamConfiguration: .init()) {
            stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandlers(
                    HTTP2FramePayloadToHTTP1ServerCodec(), RequestGuard(),
                    RequestHandler(service: service, identity: identity)
                )
            }
        }
        return streams.flatMapThrowing { _ in try channel.pipeline.syncOperations.addHandler(BrokenConnectionHandler()) }
    }

    private func configureHTTP1(_ channel: any Channel, _ identity: ClientIdentity?) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let encoder = HTTPResponseEncoder()
            let others: [any RemovableChannelHandler] = [
                ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)), HTTPServerPipelineHandler(),
                RequestGuard(),
            ]
            let handler = RequestHandler(service: service, identity: identity)
            let boundPipeline = NIOLoopBound(pipeline, eventLoop: channel.eventLoop)
            let boundHandler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
            handler.makeUpgradeHandler = { [service] in
                HTTPServerUpgradeHandler(
                    upgraders: [
                        WebSocketUpgrade(service: service, identity: identity).upgrader(),
                        SPDYUpgrade(service: service, identity: identity),
                    ], httpEncoder: encoder, extraHTTPHandlers: others,
                    upgradeCompletionHandler: { _ in boundPipeline.value.removeHandler(boundHandler.value, promise: nil) }
                )
            }
            try pipeline.addHandler(encoder)
            try pipeline.addHandlers(others)
            try pipeline.addHandler(handler)
            try handler.renewUpgrade(in: pipeline)
        }
    }
}
