import KubernetesModel

/// `ping`: asks once a second whether somebody is there.
struct PingProgram: Program {
    private enum Ticket {
        static let lookUp = 0
        static let pause = 1
        static let answer = 2
    }

    private let host: String?
    /// Nil for no end.
    private var rest: Int?
    private var timeout = Duration.seconds(10)
    private var address: IPv4?
    private var sentAt: Instant?
    private var sent = 0
    /// In microseconds.
    private var times: [Int] = []

    init(words: [String]) {
        var host: String?
        var arguments = words.dropFirst()
        while let argument = arguments.popFirst() {
            guard argument.hasPrefix("-") else {
                host = argument
                continue
            }
            let attached = String(argument.dropFirst(2))
            guard ["-c", "-W", "-w", "-i", "-s"].contains(argument.prefix(2)) else { continue }
            let value = Int(attached.isEmpty ? arguments.popFirst() ?? "" : attached)
            if argument.hasPrefix("-c") { rest = value }
            if argument.hasPrefix("-W"), let value { timeout = .seconds(min(max(value, 1), 3600)) }
        }
        self.host = host
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start:
            guard let host else { return [.line("ping: no host is named", .standardError), .exit(code: 1)] }
            return [.lookUp(name: host, ticket: Ticket.lookUp)]
        case .lookedUp(let result, _):
            guard let found = result.firstAddress else {
                return [.line("ping: bad address '\(host ?? "")'", .standardError), .exit(code: 1)]
            }
            address = found
            return [.line("PING \(host ?? "") (\(found)): 56 data bytes")] + send(context)
        case .answered(let result, _): return answered(result, context)
        case .wake: return send(context)
        case .signal(.interrupt): return statistics
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    private mutating func send(_ context: ProcessContext) -> [ProgramAction] {
        guard let address else { return [] }
        guard rest != 0 else { return statistics }
        rest? -= 1
        sent += 1
        sentAt = context.now
        return [.ping(address, timeout: rest == 0 ? timeout : .seconds(1), ticket: Ticket.answer)]
    }

    private mutating func answered(_ result: ExchangeResult, _ context: ProcessContext) -> [ProgramAction] {
        guard case .response = result, let address, let sentAt else { return send(context) }
        let time = Int(sentAt.duration(to: context.now).nanoseconds / 1000)
        times.append(time)
        let line = ProgramAction.line("64 bytes from \(address): seq=\(sent - 1) ttl=64 time=\(Self.milliseconds(time)) ms")
        return [line] + (rest == 0 ? statistics : [.wake(after: .seconds(1), ticket: Ticket.pause)])
    }

    private var statistics: [ProgramAction] {
        let loss = sent == 0 ? 0 : (sent - times.count) * 100 / sent
        var lines = [
            "", "--- \(host ?? "") ping statistics ---",
            "\(sent) packets transmitted, \(times.count) packets received, \(loss)% packet loss",
        ]
        if let least = times.min(), let most = times.max() {
            let mean = times.reduce(0, +) / times.count
            lines.append("round-trip min/avg/max = \([least, mean, most].map(Self.milliseconds).joined(separator: "/")) ms")
        }
        return lines.map { .line($0) } + [.exit(code: times.isEmpty ? 1 : 0)]
    }

    private static func milliseconds(_ microseconds: Int) -> String {
        let rest = String(microseconds % 1000)
        return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
