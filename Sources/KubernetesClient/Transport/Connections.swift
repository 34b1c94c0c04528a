import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
import NIOSSL

/// The HTTP connections to one cluster: those for requests that are answered at once, and those for answers that go on, so
/// that many watches never keep an action waiting.
///
/// An answer that goes on has an HTTP/1.1 connection to itself. Over HTTP/2 the many events of a busy watch would cost more than half of
/// all the explorer's work: NIO's frame decoder copies its buffer for each, and that is as large as the list before has made it.
///
/// They are made at first use, and made anew when the client certificate changes or a connection seems dead: an HTTP/2
/// connection that lost its peer would otherwise take every further request with it.
actor Connections {
    /// A client to send a request with.
    struct Lease: Sendable {
        var client: HTTPClient
        fileprivate var certificate: ClusterConfiguration.ClientCertificate?
        fileprivate var generation: Int
        fileprivate var isStreaming: Bool
    }

    private let configuration: ClusterConfiguration
    private let allowsHTTP2: Bool
    private var unary: Lease?
    private var streaming: Lease?
    /// Of earlier certificates, and those abandoned: streams may still run on them.
    private var retired: [HTTPClient] = []
    private var generations = 0
    private(set) var isShutDown = false

    /// - Parameter allowsHTTP2: where the server offers it.
    init(_ configuration: ClusterConfiguration, allowsHTTP2: Bool = true) {
        self.configuration = configuration
        self.allowsHTTP2 = allowsHTTP2
    }

    /// - Throws: `.configuration` when certificates can't be read, `.cancelled` after `shutdown`.
    func lease(
        streaming isStreaming: Bool, certificate: ClusterConfiguration.ClientCertificate?
    ) async throws(ClientError.Cause) -> Lease {
        guard !isShutDown else { throw .cancelled }
        if let current = isStreaming ? streaming : unary {
            if current.certificate == certificate { return current }
            await retire(current.client)
        }
        let tls = try TLSConfiguration.of(configuration, certificate: certificate)
        generations += 1
        let lease = Lease(
            client: makeClient(tls: tls, streaming: isStreaming), certificate: certificate, generation: generations,
            isStreaming: isStreaming
        )
        if isStreaming { streaming = lease } else { unary = lease }
        return lease
    }

    /// Leaves the connections of a lease to themselves, because one of them seems dead: what comes next takes new ones.
    /// Several requests notice the same dead connection; only the first one's call does something.
    func abandon(_ lease: Lease) async {
        let current = lease.isStreaming ? streaming : unary
        guard !isShutDown, let current, current.generation == lease.generation else { return }
        if lease.isStreaming { streaming = nil } else { unary = nil }
        await retire(lease.client)
    }

    /// What still runs on the oldest of many gets an error, and comes back on a new one.
    private func retire(_ client: HTTPClient) async {
        retired.append(client)
        guard retired.count > 8 else { return }
        try? await retired.removeFirst().shutdown()
    }

    /// Cuts every connection off.
    func shutdown() async {
        isShutDown = true
        let clients = all
        (unary, streaming, retired) = (nil, nil, [])
        for client in clients { try? await client.shutdown() }
    }

    deinit {
        // A client that is let go without a shutdown would trap; this only begins one.
        for client in retired + [unary?.client, streaming?.client].compactMap({ $0 }) {
            client.shutdown { _ in }
        }
    }

    private var all: [HTTPClient] { retired + [unary?.client, streaming?.client].compactMap { $0 } }

    private func makeClient(tls: TLSConfiguration, streaming: Bool) -> HTTPClient {
        var settings = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        settings.httpVersion = allowsHTTP2 && !streaming ? .automatic : .http1Only
        settings.timeout.connect = .seconds(10)
        // An idle timer: a list may take long, a silence may not. Watches have a watchdog of their own, and logs may be silent.
        settings.timeout.read = streaming ? nil : TimeAmount(configuration.requestTimeout)
        // Meant for debugging, but the only way to a connection's options.
        if streaming { settings.http1_1ConnectionDebugInitializer = KeepAlive.enable }
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = streaming ? 256 : 8
        if !streaming, configuration.allowsCompression { settings.decompression = .enabled(limit: .size(4 << 30)) }
        if let name = configuration.tls.serverName, name != configuration.server.host {
            settings.dnsOverride = [name: configuration.server.host]
        }
        settings.proxy = configuration.proxy.map(HTTPClient.Configuration.Proxy.of)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }
}

extension HTTPClient.Configuration.Proxy {
    fileprivate static func of(_ address: ProxyAddress) -> HTTPClient.Configuration.Proxy {
        switch address.kind {
        case .socks5: .socksServer(host: address.host, port: address.port)
        case .http:
            .server(
                host: address.host, port: address.port,
                authorization: address.user.map { .basic(username: $0, password: address.password?.value ?? "") }
            )
        }
    }
}
