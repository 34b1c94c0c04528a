import KubernetesModel
import NIOCore
import NIOPosix
import NIOSSL
import SimulatedCluster
import SimulatedClusterServer

/// Speaks bytes to a served cluster: what a well-behaved client would never send.
struct RawClient {
    private let port: Int
    /// Nil speaks without TLS.
    private let tls: NIOSSLContext?

    /// Speaks without TLS.
    init(plainlyTo port: Int) {
        self.port = port
        tls = nil
    }

    /// - Parameters:
    ///   - kubeconfig: the server's own, with an administrator's certificate.
    ///   - language: the name of the protocol that is spoken.
    init(port: Int, kubeconfig: String, language: String = "http/1.1") throws {
        self.port = port
        let json = try YAML.parse(kubeconfig).first
        func decoded(_ list: String, _ item: String, _ field: String) -> [UInt8] {
            json?[list]?[0]?[item]?[field]?.stringValue.flatMap(Base64.decode) ?? []
        }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(decoded("clusters", "cluster", "certificate-authority-data")))
        configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(decoded("users", "user", "client-certificate-data"))
            .map { .certificate($0) }
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: decoded("users", "user", "client-key-data"), format: .pem))
        configuration.applicationProtocols = [language]
        tls = try NIOSSLContext(configuration: configuration)
    }

    /// Sends bytes and never reads what comes; the connection stays until it is closed.
    func sendWithoutReading(_ bytes: [UInt8]) async throws -> any Channel {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture { try addTLS(to: channel) }
        }
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        try await channel.setOption(.autoRead, value: false).get()
        return channel
    }

    /// Sends pieces one after the other and reads until `isEnough`, or until the server has closed the connection.
    func exchange(_ pieces: [[UInt8]], until isEnough: @Sendable @escaping (String) -> Bool = { _ in false }) async throws -> String {
        String(decoding: try await bytes(after: pieces) { isEnough(String(decoding: $0, as: UTF8.self)) }, as: UTF8.self)
    }

    /// As `exchange`, for what is no text.
    func bytes(after pieces: [[UInt8]], until isEnough: @Sendable @escaping ([UInt8]) -> Bool = { _ in false }) async throws -> [UInt8] {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try addTLS(to: channel)
                return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        var answer: [UInt8] = []
        // A server that hangs up in the middle has answered, too.
        try? await channel.executeThenClose { inbound, outbound in
            for piece in pieces { try? await outbound.write(ByteBuffer(bytes: piece)) }
            for try await buffer in inbound {
                answer += buffer.readableBytesView
                if isEnough(answer) { return }
            }
        }
        return answer
    }

    private func addTLS(to channel: any Channel) throws {
        guard let tls else { return }
        try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: nil))
    }

    /// A request whose answer ends the connection.
    func get(_ path: String) async throws -> String {
        try await exchange([Array("GET \(path) HTTP/1.1\r\nHost: sim\r\nConnection: close\r\n\r\n".utf8)])
    }
}
