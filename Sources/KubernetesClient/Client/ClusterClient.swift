import AsyncHTTPClient
import KubernetesModel
import NIOCore
import NIOHTTP1
import Synchronization

/// Talks to one cluster as one user. Everything above knows a cluster only through this.
///
/// It does nothing until it is asked, so that an unusable configuration is an error of the first request. `shutdown` ends
/// what is running and closes the connections.
package final class ClusterClient: Sendable {
    package let configuration: ClusterConfiguration

    let connections: Connections
    private let provider: Mutex<(credentials: ClusterConfiguration.Credentials, provider: CredentialProvider)>
    let streamingLists = StreamingListSupport()
    let reflectors = SharedReflectors()
    let pauses = RetryPauses()
    let openWatches = RetryPauses()
    let contact = ServerContact()
    private let onWarning: @Sendable (String) -> Void
    /// In bytes, of those that are read whole: what is longer has no end.
    private let longestAnswer: Int

    /// - Parameter onWarning: called with each text that the server sends as a `Warning` about a write: deprecations, mostly.
    package convenience init(_ configuration: ClusterConfiguration, onWarning: @escaping @Sendable (String) -> Void = { _ in }) {
        self.init(configuration, allowsHTTP2: true, onWarning: onWarning)
    }

    init(
        _ configuration: ClusterConfiguration, allowsHTTP2: Bool, longestAnswer: Int = 512 << 20,
        onWarning: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.longestAnswer = longestAnswer
        self.onWarning = onWarning
        connections = Connections(configuration, allowsHTTP2: allowsHTTP2)
        provider = Mutex((configuration.credentials, CredentialProvider(configuration.credentials)))
    }

    var credentials: CredentialProvider { provider.withLock(\.provider) }

    /// Asks with other credentials from the next request on; what is running goes on.
    package func use(_ credentials: ClusterConfiguration.Credentials) {
        provider.withLock { provider in
            if provider.credentials != credentials { provider = (credentials, CredentialProvider(credentials)) }
        }
    }

    package func shutdown() async {
        await connections.shutdown()
    }

    /// What waits before it asks again asks now.
    package func retryNow() {
        pauses.endAll()
    }

    /// How long nothing has come from the server; nil before it has said anything.
    package var silence: Duration? { contact.silence }

    /// Opens every watch anew, from where it is: its connection may have been lost without a word.
    func renewWatches() {
        openWatches.endAll()
    }

    /// Sends a request, and returns the answer's head with its body still to come, whatever its status.
    ///
    /// Credentials that the server rejects are renewed once, where they can be.
    func open(_ call: APICall) async throws(ClientError) -> OpenedAnswer {
        do throws(ClientError.Cause) {
            let credentials = credentials
            let authorization = try await credentials.current()
            let answer = try await send(call, authorization)
            guard answer.status == .unauthorized, let renewed = try await credentials.renewed(after: authorization) else {
                return answer
            }
            return try await send(call, renewed)
        } catch {
            throw call.error(error)
        }
    }

    /// Sends a request, and returns its answer's body.
    /// - Throws: `.status` for an answer that is a failure.
    func answer(_ call: APICall) async throws(ClientError) -> [UInt8] {
        let opened = try await open(call)
        let body = try await collect(opened, of: call)
        guard (200..<300).contains(opened.status.code) else { throw failure(opened, body: body, of: call) }
        return body
    }

    /// Like `answer`, for answers that are one JSON document.
    func document(_ call: APICall) async throws(ClientError) -> JSONValue {
        let body = try await answer(call)
        do {
            return try JSONParser.parse(body)
        } catch {
            throw call.error(.notUnderstood("\(error)"))
        }
    }

    /// The error that an answer with a failure's status is, its body read.
    func failure(_ opened: OpenedAnswer, of call: APICall) async -> ClientError {
        failure(opened, body: (try? await collect(opened, of: call, limit: 1 << 20)) ?? [], of: call)
    }

    func collect(_ opened: OpenedAnswer, of call: APICall) async throws(ClientError) -> [UInt8] {
        try await collect(opened, of: call, limit: longestAnswer)
    }

    private func collect(_ opened: OpenedAnswer, of call: APICall, limit: Int) async throws(ClientError) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await part in opened.body {
                contact.heard()
                bytes.append(contentsOf: part.readableBytesView)
                if bytes.count > limit { throw ClientError.Cause.answerTooLong(limit: limit) }
                try opened.checkTime()
            }
        } catch {
            throw call.error(cause(of: error))
        }
        return bytes
    }

    /// What an error that ended an answer means for its reader. Connections given up as dead end with a cancellation, too: that is no
    /// reason to stop.
    func ending(_ cause: ClientError.Cause) async -> ClientError.Cause {
        if cause == .cancelled, !Task.isCancelled, await !connections.isShutDown { return .closedEarly }
        return cause
    }

    func cause(of error: any Error) -> ClientError.Cause {
        ClientError.Cause(transport: error, server: configuration.server, serverName: configuration.tls.serverName)
    }

    private func failure(_ opened: OpenedAnswer, body: [UInt8], of call: APICall) -> ClientError {
        let retryAfter = opened.response.headers.first(name: "retry-after")
        return call.error(.status(ServerStatus(code: Int(opened.status.code), body: body, retryAfter: retryAfter)))
    }

    private func send(_ call: APICall, _ authorization: Authorization) async throws(ClientError.Cause) -> OpenedAnswer {
        let lease = try await connections.lease(streaming: call.isStream, certificate: authorization.certificate)
        do {
            let start = ContinuousClock.now
            // Until the answer begins: a minute, or as long as a person is willing to wait.
            var patience = max(.seconds(60), configuration.requestTimeout)
            if !call.isStream { patience = min(patience, configuration.answerTimeout, call.patience ?? patience) }
            let response = try await lease.client.execute(request(for: call, authorization), deadline: .now() + TimeAmount(patience))
            contact.heard()
            for warning in response.headers["warning"] where call.method != .GET {
                if let text = ServerWarning.text(of: warning) { onWarning(text) }
            }
            // Whoever only looks after the server tells of its return.
            if call.patience == nil { pauses.endThoseForAnAnswer() }
            return OpenedAnswer(response: response, lease: lease, start: start, limit: configuration.answerTimeout)
        } catch {
            let cause = cause(of: error)
            if case .timedOut = cause { await connections.abandon(lease) }
            throw cause
        }
    }

    private func request(for call: APICall, _ authorization: Authorization) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url(of: call))
        request.method = call.method
        request.headers.add(name: "user-agent", value: "fathom")
        request.headers.add(name: "accept", value: call.accept)
        if !call.isStream, configuration.allowsCompression { request.headers.add(name: "accept-encoding", value: "gzip") }
        for (name, value) in call.headers + headers(authorization) { request.headers.add(name: name, value: value) }
        if let body = call.body {
            request.headers.add(name: "content-type", value: body.contentType)
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        return request
    }

    private func url(of call: APICall) -> String {
        var server = configuration.server
        if let name = configuration.tls.serverName { server.host = name }
        return server.description + call.pathAndQuery
    }

    /// The headers that say who asks.
    func headers(_ authorization: Authorization) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        // Over an unencrypted connection anybody could read them.
        if configuration.server.isSecure, let header = authorization.header { headers.append(("authorization", header.value)) }
        if let impersonation = configuration.impersonation { headers += impersonation.headers }
        return headers
    }
}

extension ClusterConfiguration.Impersonation {
    var headers: [(name: String, value: String)] {
        var headers = [(name: "Impersonate-User", value: user)]
        if let uid { headers.append(("Impersonate-Uid", uid)) }
        headers += groups.map { ("Impersonate-Group", $0) }
        for (key, values) in extra.sorted(by: { $0.key < $1.key }) {
            headers += values.map { ("Impersonate-Extra-\(APICall.encode(key))", $0) }
        }
        return headers
    }
}
