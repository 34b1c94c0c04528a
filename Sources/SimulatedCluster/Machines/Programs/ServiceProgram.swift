import KubernetesModel
import KubernetesSemantics

/// A service of its own: it listens, and it calls the servers that its environment names by URL, over and over, and logs how
/// that went. Its readiness follows its dependencies, when it is told so.
struct ServiceProgram: Program {
    struct Settings: Equatable {
        var name = "service"
        /// Nil for a program that only calls others.
        var port: Int? = 8080
        var interval: Duration = .seconds(5)
        var timeout: Duration = .seconds(5)
        /// Whether `/ready` answers 503 while a dependency is failing.
        var isReadyOnlyWithDependencies = false
        /// Exits with 1 after so many failed rounds before the first good one; nil for never.
        var failuresBeforeExit: Int?
        var format = LogFormat.logfmt
        /// Paths that visitors ask for, logged as served between the calls; empty for none.
        var visits: [String] = []
        var startMessage = "starting"
    }

    private struct Call {
        var dependency: Dependency
        var started: Instant
        var address: SocketAddress?
    }

    private let settings: Settings
    private var dependencies: [Dependency] = []
    private var calls: [Int: Call] = [:]
    private var failing: Set<String> = []
    private var failedInARow = 0
    private var hasSucceeded = false
    private var nextTicket = 1
    private static let round = 0

    init(_ settings: Settings) {
        self.settings = settings
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: start(context)
        case .wake(Self.round): beginRound(context)
        case .wake: []
        case .lookedUp(let result, let ticket): lookedUp(result, ticket, context)
        case .answered(let result, let ticket): answered(result, ticket, context)
        case .signal(.terminate), .signal(.interrupt):
            [log(.info, "shutting down", [], context), .exit(code: 0)]
        default: []
        }
    }

    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        guard case .http(let request) = request else { return ServedRequest(.accepted) }
        switch request.path {
        case "/healthz", "/livez": return ServedRequest(.http(status: 200, body: "ok"))
        case "/ready", "/readyz":
            let isReady = !settings.isReadyOnlyWithDependencies || (failing.isEmpty && (hasSucceeded || dependencies.isEmpty))
            return ServedRequest(.http(status: isReady ? 200 : 503, body: isReady ? "ok" : "dependencies failing"))
        default:
            let status = failing.isEmpty ? 200 : 503
            let milliseconds = context.random.int(in: 2...40)
            let line = log(
                status == 200 ? .info : .error, "request",
                [("method", request.method), ("path", request.path), ("status", String(status)), ("duration", "\(milliseconds)ms")], context
            )
            return ServedRequest(.http(status: status, body: "{}"), actions: [line], delay: .milliseconds(milliseconds))
        }
    }

    private mutating func start(_ context: ProcessContext) -> [ProgramAction] {
        dependencies = Dependency.all(in: context.environment)
        var actions = [log(.info, settings.startMessage, [("service", settings.name)], context)]
        if let port = settings.port {
            actions.append(.listen(port: port, transport: .tcp))
            actions.append(log(.info, "listening", [("addr", ":\(port)")], context))
        }
        actions.append(.wake(after: .milliseconds(context.random.int(in: 200...1500)), ticket: Self.round))
        return actions
    }

    private mutating func beginRound(_ context: ProcessContext) -> [ProgramAction] {
        var actions = settings.visits.isEmpty ? [] : [visit(context)]
        for dependency in dependencies {
            calls[nextTicket] = Call(dependency: dependency, started: context.now)
            actions.append(.lookUp(name: dependency.host, ticket: nextTicket))
            nextTicket += 1
        }
        if dependencies.isEmpty { actions.append(nextRound(context)) }
        return actions
    }

    private mutating func lookedUp(_ result: LookupResult, _ ticket: Int, _ context: ProcessContext) -> [ProgramAction] {
        guard var call = calls[ticket] else { return [] }
        if let error = call.dependency.lookupError(result, from: context.address, random: context.random) {
            return fail(ticket, call, error, context)
        }
        guard let host = result.firstAddress else { return [] }
        let address = SocketAddress(host: host, port: call.dependency.port)
        call.address = address
        calls[ticket] = call
        return [.exchange(call.dependency.request, to: address, timeout: settings.timeout, ticket: ticket)]
    }

    private mutating func answered(_ result: ExchangeResult, _ ticket: Int, _ context: ProcessContext) -> [ProgramAction] {
        guard let call = calls[ticket], let address = call.address else { return [] }
        if let error = call.dependency.exchangeError(result, at: address) { return fail(ticket, call, error, context) }
        calls[ticket] = nil
        let wasFailing = failing.remove(call.dependency.variable) != nil
        hasSucceeded = true
        failedInARow = 0
        let taken = call.started.duration(to: context.now)
        let fields = [("url", call.dependency.url), ("duration", "\(max(1, taken.nanoseconds / 1_000_000))ms")]
        let message = wasFailing ? "dependency recovered" : "call succeeded"
        return [log(.info, message, fields, context)] + finishRound(context)
    }

    private mutating func fail(_ ticket: Int, _ call: Call, _ error: String, _ context: ProcessContext) -> [ProgramAction] {
        calls[ticket] = nil
        failing.insert(call.dependency.variable)
        failedInARow += 1
        var actions = [log(.error, "call failed", [("err", error)], context)]
        if let limit = settings.failuresBeforeExit, !hasSucceeded, failedInARow >= limit {
            actions.append(log(.error, "giving up", [("dependency", call.dependency.host), ("attempts", String(limit))], context))
            return actions + [.exit(code: 1)]
        }
        return actions + finishRound(context)
    }

    private func finishRound(_ context: ProcessContext) -> [ProgramAction] {
        calls.isEmpty ? [nextRound(context)] : []
    }

    private func nextRound(_ context: ProcessContext) -> ProgramAction {
        let spread = context.random.int(in: 80...120)
        return .wake(after: settings.interval * spread / 100, ticket: Self.round)
    }

    private func visit(_ context: ProcessContext) -> ProgramAction {
        let path = context.random.pick(from: settings.visits) ?? "/"
        let isServed = failing.isEmpty
        return log(
            isServed ? .info : .error, "visit",
            [("path", path), ("status", isServed ? "200" : "502"), ("duration", "\(context.random.int(in: 3...90))ms")], context
        )
    }

    private func log(
        _ level: LogFormat.Level, _ message: String, _ fields: [(String, String)], _ context: ProcessContext
    ) -> ProgramAction {
        .line(settings.format.line(level, message, fields, at: context.now), level == .error ? .standardError : .standardOutput)
    }
}
