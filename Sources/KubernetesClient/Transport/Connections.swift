import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
import NIOSSL

/// The HTTP connections to one cluster: those for requests that are answered at once, and those for answers that go on, so
/// that many watches never keep an action waiting.
///
/// They are made at first use, and made anew when the client certificate changes.
actor Connections {
    private struct Pair {
        var certificate: ClusterConfiguration.ClientCertificate?
        var unary: HTTPClient
        var streaming: HTTPClient

        var both: [HTTPClient] { [unary, streaming] }
    }

    private let configuration: ClusterConfiguration
    private var current: Pair?
    /// Pairs of earlier certificates: streams may still run on them.
    private var retired: [Pair] = []
    private var isShutDown = false

    init(_ configuration: ClusterConfiguration) {
        self.configuration = configuration
    }

    /// - Throws: `.configuration` when certificates can't be read, `.cancelled` after `shutdown`.
    func client(
        streaming: Bool, certificate: ClusterConfiguration.ClientCertificate?
    ) throws(ClientError.Cause) -> HTTPClient {
        guard !isShutDown else { throw .cancelled }
        if let current, current.certificate == certificate { return streaming ? current.streaming : current.unary }
        let tls = try TLSConfiguration.of(configuration, certificate: certificate)
        let pair = Pair(
            certificate: certificate,
            unary: makeClient(tls: tls, streaming: false),
            streaming: makeClient(tls: tls, streaming: true)
        )
        if let current { retired.append(current) }
        current = pair
        return streaming ? pair.streaming : pair.unary
    }

    /// Cuts every connection off.
    func shutdown() async {
        isShutDown = true
        let clients = (retired + [current].compactMap { $0 }).flatMap(\.both)
        (retired, current) = ([], nil)
        for client in clients { try? await client.shutdown() }
    }

    deinit {
        // A client that is let go without a shutdown would trap; this only begins one.
        for client in (retired + [current].compactMap { $0 }).flatMap(\.both) {
            client.shutdown { _ in }
        }
    }

    private func makeClient(tls: TLSConfiguration, streaming: Bool) -> HTTPClient {
        var settings = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        settings.timeout.connect = .seconds(10)
        // An idle timer: a list may take long, a silence may not. Watches have a watchdog of their own.
        settings.timeout.read = streaming ? nil : .seconds(30)
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
