import Foundation
import KubernetesModel

/// Who asks, as a request carries it.
struct Authorization: Sendable, Hashable {
    /// The `Authorization` header.
    var header: Secret?
    var certificate: ClusterConfiguration.ClientCertificate?
}

/// Has the credentials ready that requests carry, and renews those that wear out.
actor CredentialProvider {
    struct Clock: Sendable {
        /// Of a clock that never goes back.
        var now: @Sendable () -> Duration
        /// Of the calendar, by which credentials expire.
        var date: @Sendable () -> Instant

        static let real: Clock = {
            let timing = ReflectorTiming.real
            return Clock(now: timing.now, date: { .wallClock })
        }()
    }

    /// Clocks of two machines differ: credentials are renewed this long before they expire.
    private static let margin = Duration.seconds(60)

    private let credentials: ClusterConfiguration.Credentials
    private let clock: Clock
    private var tokenFile: TokenFile?
    private let plugin: ExecPlugin?
    private var fromPlugin: ExecCredential?
    /// The plugin running: everybody who needs credentials waits for the same one.
    private var renewal: Task<Result<ExecCredential, ClientError.Cause>, Never>?

    init(
        _ credentials: ClusterConfiguration.Credentials, clock: Clock = .real, files: FileAccess = .disk,
        programs: ProgramRunner = .processes
    ) {
        self.credentials = credentials
        self.clock = clock
        if case .tokenFile(let path, let fallback) = credentials.login {
            tokenFile = TokenFile(path: path, fallback: fallback, files: files)
        }
        if case .exec(let configuration) = credentials.login {
            plugin = ExecPlugin(configuration, run: programs)
        } else {
            plugin = nil
        }
    }

    /// - Throws: `.credentials`.
    func current() async throws(ClientError.Cause) -> Authorization {
        if let plugin { return authorization(try await credential(from: plugin)) }
        return try fixed()
    }

    /// Other credentials than the ones the server rejected; nil when there are none to be had.
    func renewed(after rejected: Authorization) async throws(ClientError.Cause) -> Authorization? {
        if let plugin {
            // Somebody else may have renewed them since.
            if let known = fromPlugin, authorization(known) == rejected { fromPlugin = nil }
            return authorization(try await credential(from: plugin))
        }
        guard tokenFile != nil else { return nil }
        tokenFile?.forget()
        let fresh = try fixed()
        return fresh == rejected ? nil : fresh
    }

    private func fixed() throws(ClientError.Cause) -> Authorization {
        let header: Secret? =
            switch credentials.login {
            case .none, .exec: nil
            case .token(let token): Self.bearer(token)
            case .tokenFile: try fileToken().map { Self.bearer($0) }
            case .basic(let user, let password): Secret("Basic " + Base64.encode("\(user):\(password.value)".utf8))
            }
        return Authorization(header: header, certificate: credentials.clientCertificate)
    }

    private func fileToken() throws(ClientError.Cause) -> Secret? {
        try tokenFile?.token(now: clock.now())
    }

    private func credential(from plugin: ExecPlugin) async throws(ClientError.Cause) -> ExecCredential {
        if let known = fromPlugin, known.expiration.map({ clock.date() + Self.margin < $0 }) ?? true { return known }
        // Whoever is told to give up does so at once; the plugin goes on for the others.
        guard let result = await renewal(by: plugin).valueUnlessCancelled() else { throw .cancelled }
        return try result.get()
    }

    private func renewal(by plugin: ExecPlugin) -> Task<Result<ExecCredential, ClientError.Cause>, Never> {
        if let renewal { return renewal }
        let new = Task {
            let result = await Self.result(of: plugin)
            renewal = nil
            if case .success(let credential) = result { fromPlugin = credential }
            return result
        }
        renewal = new
        return new
    }

    private static func result(of plugin: ExecPlugin) async -> Result<ExecCredential, ClientError.Cause> {
        do throws(ClientError.Cause) {
            return .success(try await plugin.credential())
        } catch {
            return .failure(error)
        }
    }

    private func authorization(_ credential: ExecCredential) -> Authorization {
        Authorization(
            header: credential.token.map(Self.bearer), certificate: credential.certificate ?? credentials.clientCertificate
        )
    }

    private static func bearer(_ token: Secret) -> Secret {
        Secret("Bearer \(token.value)")
    }
}

extension Task where Failure == Never {
    /// What the task comes to; nil when the one who waits for it is cancelled first. The task itself goes on.
    fileprivate func valueUnlessCancelled() async -> Success? {
        let (values, continuation) = AsyncStream.makeStream(of: Success.self)
        Task<Void, Never> {
            continuation.yield(await value)
            continuation.finish()
        }
        return await values.first { _ in true }
    }
}
