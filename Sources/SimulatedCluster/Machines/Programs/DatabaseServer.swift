import KubernetesModel
import KubernetesSemantics

/// A server in the manner of PostgreSQL or Redis: it says what they say at start, listens, answers, and checkpoints.
struct DatabaseServer: Program {
    enum Kind: String {
        case postgres
        case redis
    }

    private let kind: Kind
    private let port: Int
    private let saveInterval: Duration

    init(_ kind: Kind, port: Int? = nil, saveInterval: Duration = .seconds(300)) {
        self.kind = kind
        self.port = port ?? (kind == .postgres ? 5432 : 6379)
        self.saveInterval = saveInterval
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start:
            greeting(context) + [.listen(port: port, transport: .tcp), .wake(after: saveInterval, ticket: 0)]
        case .wake:
            [checkpoint(context), .wake(after: saveInterval, ticket: 0)]
        case .signal(.terminate), .signal(.interrupt):
            farewell(context) + [.exit(code: 0)]
        default: []
        }
    }

    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        guard case .command(let text) = request else { return ServedRequest(.accepted) }
        switch kind {
        case .redis: return ServedRequest(.reply(text == "PING" ? "+PONG" : "+OK"), delay: .microseconds(200))
        case .postgres: return ServedRequest(.reply("1 row"), delay: .milliseconds(2))
        }
    }

    private func greeting(_ context: ProcessContext) -> [ProgramAction] {
        switch kind {
        case .postgres:
            [
                postgres("starting PostgreSQL 16.4 on x86_64-pc-linux-musl, compiled by gcc, 64-bit", context),
                postgres("listening on IPv4 address \"0.0.0.0\", port \(port)", context),
                postgres("listening on Unix socket \"/var/run/postgresql/.s.PGSQL.\(port)\"", context),
                postgres("database system was shut down at \(stamp(context))", context),
                postgres("database system is ready to accept connections", context),
            ]
        case .redis:
            [
                redis("C", "oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", context),
                redis("M", "Running mode=standalone, port=\(port).", context),
                redis("M", "Server initialized", context),
                redis("M", "Ready to accept connections tcp", context),
            ]
        }
    }

    private func checkpoint(_ context: ProcessContext) -> ProgramAction {
        switch kind {
        case .postgres:
            postgres("checkpoint complete: wrote \(context.random.int(in: 3...90)) buffers (0.1%); 0 WAL file(s) added", context)
        case .redis: redis("M", "DB saved on disk", context)
        }
    }

    private func farewell(_ context: ProcessContext) -> [ProgramAction] {
        switch kind {
        case .postgres: [postgres("received smart shutdown request", context), postgres("database system is shut down", context)]
        case .redis:
            [redis("M", "Received SIGTERM scheduling shutdown...", context), redis("M", "Redis is now ready to exit, bye bye...", context)]
        }
    }

    private func stamp(_ context: ProcessContext) -> String {
        KubernetesTime.text(context.now, digits: 3).replacing("T", with: " ").replacing("Z", with: " UTC")
    }

    private func postgres(_ text: String, _ context: ProcessContext) -> ProgramAction {
        .line("\(stamp(context)) [1] LOG:  \(text)", .standardError)
    }

    private func redis(_ role: String, _ text: String, _ context: ProcessContext) -> ProgramAction {
        .line("1:\(role) \(KubernetesTime.text(context.now, digits: 3).replacing("T", with: " ").dropLast()) * \(text)")
    }
}
