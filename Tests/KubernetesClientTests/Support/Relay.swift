import NIOCore
import NIOPosix

/// Leads connections to 127.0.0.2, which no certificate of the simulated cluster names, on to a port of 127.0.0.1.
struct Relay {
    static let host = "127.0.0.2"

    let port: Int
    private let listener: any Channel

    static func start(to port: Int) async throws -> Relay {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { inbound in
                ClientBootstrap(group: inbound.eventLoop).connect(host: "127.0.0.1", port: port).flatMapThrowing { outbound in
                    try inbound.pipeline.syncOperations.addHandler(Passing(to: outbound))
                    try outbound.pipeline.syncOperations.addHandler(Passing(to: inbound))
                }
            }
            .bind(host: host, port: 0).get()
        return Relay(port: listener.localAddress?.port ?? 0, listener: listener)
    }

    func stop() async {
        try? await listener.close()
    }

    /// Passes on what comes in.
    private final class Passing: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let other: any Channel

        init(to other: any Channel) {
            self.other = other
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            other.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            other.close(promise: nil)
        }
    }
}
