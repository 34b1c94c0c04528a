import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension ClientError.Cause: Error {}

extension ClientError.Cause {
    /// What an error from the network comes to.
    init(transport error: any Error, server: ServerAddress, serverName: String?) {
        switch error {
        case let cause as ClientError.Cause: self = cause
        case let error as ClientError: self = error.cause
        case is CancellationError: self = .cancelled
        case let error as NIOConnectionError: self = Self.connection(error)
        case let error as HTTPClientError: self = Self.client(error, server: server)
        case let error as NIOSSLError: self = Self.tls(error)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch:
            self = .tls(.wrongName(serverName ?? server.host))
        case let error as NIOSSLExtraError: self = .tls(.other("\(error)"))
        case let error as BoringSSLError: self = Self.tls(.handshakeFailed(error))
        case let error as IOError: self = Self.socket(error, address: server.hostAndPort)
        case HTTPParserError.invalidEOFState: self = .closedEarly
        case is HTTPParserError: self = .notUnderstood("it is not HTTP")
        case ChannelError.connectTimeout: self = .timedOut(address: server.hostAndPort)
        case is ChannelError: self = .closedEarly
        default: self = .other(FailureText.of(error))
        }
    }

    private static func connection(_ error: NIOConnectionError) -> ClientError.Cause {
        let address = ServerAddress(host: error.host, port: error.port).hostAndPort
        // One family of addresses may fail to resolve while the other's answers were tried in vain.
        guard let attempt = error.connectionErrors.first else { return .nameNotResolved(host: error.host) }
        switch attempt.error {
        case let error as IOError: return socket(error, address: address)
        case ChannelError.connectTimeout: return .timedOut(address: address)
        default: return .unreachable(address: address, reason: FailureText.of(attempt.error))
        }
    }

    private static func socket(_ error: IOError, address: String) -> ClientError.Cause {
        switch error.errnoCode {
        case ECONNREFUSED: .refused(address: address)
        case ECONNRESET, EPIPE: .closedEarly
        case ETIMEDOUT: .timedOut(address: address)
        case ENETUNREACH: .unreachable(address: address, reason: "no route to its network")
        case EHOSTUNREACH: .unreachable(address: address, reason: "no route to the host")
        default: .unreachable(address: address, reason: FailureText.of(error))
        }
    }

    private static func client(_ error: HTTPClientError, server: ServerAddress) -> ClientError.Cause {
        switch error {
        case .cancelled, .alreadyShutdown, .requestStreamCancelled: .cancelled
        case .remoteConnectionClosed, .uncleanShutdown, .bodyLengthMismatch: .closedEarly
        case .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
            .timedOut(address: server.hostAndPort)
        case .proxyAuthenticationRequired: .proxy("the proxy wants a login; proxy-url can contain one")
        case .invalidProxyResponse: .proxy("the proxy did not open a connection to \(server.hostAndPort)")
        case .socksHandshakeTimeout, .httpProxyHandshakeTimeout: .proxy("the proxy did not answer in time")
        default: .other(error.shortDescription)
        }
    }

    private static func tls(_ error: NIOSSLError) -> ClientError.Cause {
        switch error {
        case .uncleanShutdown: return .closedEarly
        case .unableToValidateCertificate, .noCertificateToValidate: return .tls(.untrusted)
        case .handshakeFailed(let reason), .shutdownFailed(let reason): return .tls(failure(reason))
        default: return .tls(.other("\(error)"))
        }
    }

    private static func failure(_ error: BoringSSLError) -> ClientError.TLSFailure {
        let text = "\(error)"
        // The alerts come from the server: they are about our certificate. The rest is about its own.
        let refusals = ["ALERT_UNKNOWN_CA", "ALERT_BAD_CERTIFICATE", "CERTIFICATE_REQUIRED", "ALERT_CERTIFICATE", "ALERT_ACCESS_DENIED"]
        if refusals.contains(where: { text.contains($0) }) { return .clientCertificateRefused }
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return .untrusted }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") { return .notTLS }
        if text.contains("EOF during handshake") { return .other("the server hung up during the handshake") }
        return .other(reason(text))
    }

    /// `TLSV1_ALERT_INTERNAL_ERROR` out of `… error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_INTERNAL_ERROR at …`.
    private static func reason(_ text: String) -> String {
        guard let start = text.firstRange(of: "OPENSSL_internal:") else { return text }
        return String(text[start.upperBound...].prefix { !$0.isWhitespace }).lowercased().replacing("_", with: " ")
    }
}
