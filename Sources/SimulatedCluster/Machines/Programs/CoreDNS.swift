import Crypto
import KubernetesModel
import KubernetesSemantics

/// A DNS server that does what its Corefile says.
struct CoreDNS: Program {
    private enum Ticket {
        static let reload = 0
        static let lameDuckOver = 1
    }

    private var text = ""
    private var configuration: Corefile?
    private static let reloadInterval = Duration.seconds(30)

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: start(context)
        case .wake(Ticket.reload): reload(context)
        case .wake(Ticket.lameDuckOver): [.exit(code: 0)]
        case .signal(.terminate), .signal(.interrupt): shutDown()
        default: []
        }
    }

    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        switch request {
        case .dns(let question): serve(question, context)
        case .http(let request) where request.path == "/health":
            ServedRequest(.http(status: configured("health") ? 200 : 404, body: "OK"))
        case .http(let request) where request.path == "/ready":
            ServedRequest(.http(status: configured("ready") ? 200 : 404, body: "OK"))
        case .http: ServedRequest(.http(status: 404, body: "404 page not found\n"))
        case .connect, .command: ServedRequest(.accepted)
        }
    }

    private mutating func start(_ context: ProcessContext) -> [ProgramAction] {
        text = (try? context.files.read(Corefile.path)) ?? ""
        do throws(Corefile.Failure) {
            configuration = try Corefile(parsing: text)
        } catch {
            return [.line(error.message), .exit(code: 1)]
        }
        if let loop = CoreDNSLoop(configuration, context) { return loop.end }
        var actions = listeners().map { ProgramAction.listen(port: $0.port, transport: $0.transport) }
        actions += (configuration?.servers ?? []).flatMap { server in
            server.zones.map { .line("\($0.isEmpty ? "." : $0 + "."):\(server.port)") }
        }
        if configured("reload") { actions.append(.line("[INFO] plugin/reload: Running configuration SHA512 = \(digest(text))")) }
        actions += [.line("CoreDNS-1.11.3"), .line("linux/amd64, go1.21.11, a6338e9")]
        return actions + [.wake(after: Self.reloadInterval, ticket: Ticket.reload)]
    }

    private func listeners() -> [(port: Int, transport: TransportProtocol)] {
        let servers = configuration?.servers ?? []
        var listeners = Set(servers.map(\.port)).sorted().flatMap { [(port: $0, transport: TransportProtocol.udp), ($0, .tcp)] }
        if configured("health") { listeners.append((8080, .tcp)) }
        if configured("ready") { listeners.append((8181, .tcp)) }
        if configured("prometheus") { listeners.append((9153, .tcp)) }
        return listeners
    }

    /// A bad Corefile is refused by a running server, which goes on with the one it has.
    private mutating func reload(_ context: ProcessContext) -> [ProgramAction] {
        let again = ProgramAction.wake(after: Self.reloadInterval, ticket: Ticket.reload)
        guard configured("reload"), let new = try? context.files.read(Corefile.path), new != text else { return [again] }
        text = new
        do throws(Corefile.Failure) {
            configuration = try Corefile(parsing: new)
            return [
                .line("[INFO] Reloading"), .line("[INFO] plugin/reload: Running configuration SHA512 = \(digest(new))"),
                .line("[INFO] Reloading complete"), again,
            ]
        } catch {
            return [.line("[ERROR] plugin/reload: Corefile changed but reload failed: \(error.message)"), again]
        }
    }

    private func shutDown() -> [ProgramAction] {
        let line = ProgramAction.line("[INFO] SIGTERM: Shutting down servers then terminating")
        let lameDuck = configuration?.servers.lazy.compactMap { $0.plugin("health") }.first?.block.first { $0.first == "lameduck" }?.last
        guard let seconds = lameDuck?.prefix(while: \.isNumber), let delay = Int(seconds), delay > 0 else { return [line, .exit(code: 0)] }
        return [
            line, .line("[INFO] plugin/health: Going into lameduck mode for \(delay)s"),
            .wake(after: .seconds(delay), ticket: Ticket.lameDuckOver),
        ]
    }

    private func serve(_ question: DNSQuestion, _ context: ProcessContext) -> ServedRequest {
        guard let server = configuration?.server(for: question.name) else { return ServedRequest(.dns(DNSAnswer(code: .refused))) }
        var rewritten = question
        rewritten.name = DNSRewriting(server).name(for: question.name)
        let answer = answer(rewritten, server, context)
        let delay = Duration.microseconds(300)
        guard server.plugin("log") != nil else { return ServedRequest(.dns(answer), delay: delay) }
        let (port, id) = (context.random.int(in: 32_768...60_999), context.random.int(in: 1...65_535))
        let size = question.name.utf8.count + 18
        let line =
            "[INFO] \(question.client?.description ?? "127.0.0.1"):\(port) - \(id) \"\(question.kind.rawValue) IN \(question.name). udp \(size) "
            + "false 512\" \(answer.code.rawValue) qr,aa,rd \(size + 16 * answer.addresses.count) 0.000300s"
        return ServedRequest(.dns(answer), actions: [.line(line)], delay: delay)
    }

    private func answer(_ question: DNSQuestion, _ server: Corefile.Server, _ context: ProcessContext) -> DNSAnswer {
        if let answer = DNSTemplates(server).answer(to: question) { return answer }
        if let address = hosts(server)[question.name] {
            return DNSAnswer(code: .noError, addresses: question.kind == .a ? [address] : [])
        }
        if let zones = server.plugin("kubernetes")?.arguments, zones.contains(where: { covers($0, question.name) }) {
            return context.names.answer(question)
        }
        guard server.plugin("forward") != nil else { return .serverFailure }
        return context.names.outsideAnswer(question.name, question.kind)
    }

    private func hosts(_ server: Corefile.Server) -> [String: IPv4] {
        var hosts: [String: IPv4] = [:]
        for line in server.plugin("hosts")?.block ?? [] {
            guard let address = line.first.flatMap({ IPv4($0) }) else { continue }
            for name in line.dropFirst() { hosts[name.lowercased()] = address }
        }
        return hosts
    }

    private func covers(_ zone: String, _ name: String) -> Bool {
        let zone = zone.hasSuffix(".") ? String(zone.dropLast()) : zone
        return zone.isEmpty || name == zone || name.hasSuffix("." + zone)
    }

    private func configured(_ plugin: String) -> Bool {
        configuration?.servers.contains { $0.plugin(plugin) != nil } ?? false
    }

    private func digest(_ text: String) -> String {
        SHA512.hash(data: Array(text.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
