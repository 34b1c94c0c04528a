import NIOConcurrencyHelpers
package import NIOCore
import NIOPosix
import NIOSSL
package import SimulatedCluster

/// A simulated cluster as an HTTPS Kubernetes API on the loopback interface.
///
/// It maps connections to `APIRequest` and `APIResponse`, and decides nothing about Kubernetes.
package final class SimulatedClusterServer: Sendable {
    /// Why a server did not start.
    package struct StartError: Error, CustomStringConvertible {
        package let description: String
    }

    package let port: Int
    /// With the cluster's address and an administrator's credentials inline.
    package let kubeconfig: String

    private let listener: any Channel
    private let connections: ConnectionRegistry
    private let service: APIService

    private init(listener: any Channel, connections: ConnectionRegistry, service: APIService, port: Int, kubeconfig: String) {
        self.listener = listener
        self.connections = connections
        self.service = service
        self.port = port
        self.kubeconfig = kubeconfig
    }

    /// Starts serving and lets the cluster's clock run.
    /// - Parameters:
    ///   - authority: whose certificates the server and its clients use.
    ///   - name: what the kubeconfig calls the cluster, its context and its user.
    ///   - port: 0 takes a free one.
    /// - Throws: `StartError`.
    package static func start(
        _ cluster: SimulatedCluster, name: String, time: VirtualTime, authority: CertificateAuthority, port: Int = 0,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws -> SimulatedClusterServer {
        let service = APIService(cluster: cluster, time: time)
        let connections = ConnectionRegistry()
        do {
            let initializer = ConnectionInitializer(tls: try tlsContext(authority), authority: authority, service: service)
            let listener = try await bind(port: port, group: group, connections: connections, initializer: initializer)
            let bound = listener.localAddress?.port ?? port
            let client = try authority.issueClient(user: SimulatedKubeconfig.administrator, groups: [SimulatedKubeconfig.administrators])
            let kubeconfig = SimulatedKubeconfig.text(
                clusterName: name, port: bound, authority: authority, client: client
            )
            await service.start()
            return SimulatedClusterServer(
                listener: listener, connections: connections, service: service, port: bound, kubeconfig: kubeconfig
            )
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw StartError(
                description: "can't serve on 127.0.0.1:\(port): the port is in use. Choose another one, or 0 for any free port")
        } catch {
            throw StartError(description: "can't serve on 127.0.0.1:\(port): \(error)")
        }
    }

    /// Ends every connection, watches and sessions included, and stops the clock.
    package func stop() async {
        try? await listener.close()
        connections.closeAll()
        await service.stop()
    }

    private static func bind(
        port: Int, group: any EventLoopGroup, connections: ConnectionRegistry, initializer: ConnectionInitializer
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            // The system would take megabytes for each client that doesn't read, all of them encrypted one by one.
            .childChannelOption(.socketOption(.so_sndbuf), value: 256 << 10)
            .childChannelInitializer { channel in
                guard connections.add(channel) else { return channel.close() }
                return initializer.initialize(channel)
            }
            .bind(host: "127.0.0.1", port: port)
            .get()
    }

    private static func tlsContext(_ authority: CertificateAuthority) throws -> NIOSSLContext {
        let serving = try authority.issueServer()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(serving.certificatePEM.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(serving.privateKeyPEM.utf8), format: .pem))
        )
        // The authority judges certificates itself: the system's roots, which are many, needn't be read.
        configuration.trustRoots = .certificates([])
        // A client may also come without a certificate, with a token or as nobody.
        configuration.certificateVerification = .optionalVerification
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }
}

/// The open connections, so that stopping the server can end them.
private final class ConnectionRegistry: Sendable {
    /// Nil once they are closed.
    private let channels = NIOLockedValueBox<[ObjectIdentifier: any Channel]?>([:])

    /// - Returns: false for one that comes while the server stops.
    func add(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isOpen = channels.withLockedValue { channels in
            channels?[id] = channel
            return channels != nil
        }
        channel.closeFuture.whenComplete { [channels] _ in
            channels.withLockedValue { $0?[id] = nil }
        }
        return isOpen
    }

    func closeAll() {
        let open = channels.withLockedValue { channels in
            defer { channels = nil }
            return channels.map { Array($0.values) } ?? []
        }
        for channel in open { channel.close(promise: nil) }
    }
}
