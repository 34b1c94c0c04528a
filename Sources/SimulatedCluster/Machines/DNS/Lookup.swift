import KubernetesSemantics

/// The resolution of one host name by the C library's rules, one packet at a time.
struct Lookup {
    enum Step: Equatable {
        /// Send this to that server and tell `receive` what came.
        case ask(DNSQuestion, server: SocketAddress, timeout: Duration)
        case finished(LookupResult)
    }

    private let file: ResolverConfiguration
    private let servers: [IPv4]
    private var candidates: [String]
    private var server = 0
    private var attempt = 0
    /// A failure that a later candidate may make good, remembered for when none does.
    private var failure: LookupResult?

    init(_ name: String, with file: ResolverConfiguration) {
        self.file = file
        servers = file.nameservers.prefix(ResolverConfiguration.mostServers).compactMap { IPv4($0) }
        candidates = file.candidates(for: name)
    }

    /// What comes first. Addresses and the names of the local host need no server.
    static func begin(_ name: String, files: FileSystem, hostname: String, address: IPv4?) -> (lookup: Lookup, step: Step) {
        let text = (try? files.read("/etc/resolv.conf")) ?? ""
        let lookup = Lookup(name, with: ResolverConfiguration(parsing: text))
        if let literal = IPv4(name) { return (lookup, .finished(.addresses([literal], names: [name]))) }
        if name == "localhost" { return (lookup, .finished(.addresses([IPv4(0x7F00_0001)], names: [name]))) }
        if name == hostname, let address { return (lookup, .finished(.addresses([address], names: [name]))) }
        return (lookup, lookup.current)
    }

    /// The packet to send now.
    private var current: Step {
        guard let name = candidates.first, !servers.isEmpty else { return .finished(failure ?? .notFound(server: servers.first.map(dns))) }
        return .ask(DNSQuestion(name), server: dns(servers[server % servers.count]), timeout: file.timeout)
    }

    mutating func receive(_ result: ExchangeResult) -> Step {
        guard let name = candidates.first, !servers.isEmpty else { return current }
        let asked = dns(servers[server % servers.count])
        switch result {
        case .response(.dns(let answer)):
            switch answer.code {
            case .noError where !answer.addresses.isEmpty || !answer.aliases.isEmpty:
                return .finished(.addresses(answer.addresses, names: [name] + answer.aliases))
            case .noError, .nameError: return nextCandidate()
            case .serverFailure, .refused:
                failure = .serverFailure(server: asked)
                return tryAgain(giveUpWith: .serverFailure(server: asked), movesOn: true)
            }
        case .refused: return tryAgain(giveUpWith: .refused(server: asked), movesOn: false)
        case .timedOut, .response: return tryAgain(giveUpWith: .timedOut(server: asked), movesOn: false)
        }
    }

    private mutating func nextCandidate() -> Step {
        candidates.removeFirst()
        server = 0
        attempt = 0
        return current
    }

    /// Each server is asked in turn, all of them `attempts` times.
    private mutating func tryAgain(giveUpWith result: LookupResult, movesOn: Bool) -> Step {
        server += 1
        if server % servers.count == 0 { attempt += 1 }
        if attempt < file.attempts { return current }
        return movesOn ? nextCandidate() : .finished(result)
    }

    private func dns(_ host: IPv4) -> SocketAddress {
        SocketAddress(host: host, port: 53, transport: .udp)
    }
}

extension ResolverConfiguration {
    /// As many as the C library asks (`MAXNS`).
    static let mostServers = 3

    /// How long a server has to answer: a second at least, and no more than the C library allows (`RES_MAXRETRANS`).
    var timeout: Duration { .seconds(min(max(number("timeout") ?? 5, 1), 30)) }

    /// How often each server is asked (`RES_MAXRETRY`).
    var attempts: Int { min(max(number("attempts") ?? 2, 1), 5) }

    private func number(_ name: String) -> Int? {
        options.last { $0.name == name }?.value.flatMap(Int.init)
    }
}
