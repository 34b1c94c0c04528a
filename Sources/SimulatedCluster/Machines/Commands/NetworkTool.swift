/// A tool that asks the network: it looks a name up, connects, and says how that went, in BusyBox's words.
struct NetworkTool {
    enum Step {
        case action(ProgramAction)
        case finished(code: Int, output: String, errors: String)
        case saved([UInt8], file: String, errors: String)
    }

    private enum Kind {
        case nslookup
        /// Of a name as it stands, without the search list.
        case dig(isShort: Bool)
        case wget(path: String, port: Int, isQuiet: Bool, timeout: Duration, output: String?)
        case nc(port: Int, timeout: Duration)
    }

    private let kind: Kind
    private let tool: String
    private let host: String
    private var address: SocketAddress?

    /// Nil for other commands, and without a host.
    init?(_ name: String, _ arguments: [String]) {
        tool = name
        switch name {
        case "nslookup", "getent":
            let words = arguments.filter { !$0.hasPrefix("-") && !["hosts", "ahosts"].contains($0) }
            guard let host = words.first else { return nil }
            self.host = host
            kind = .nslookup
        case "dig":
            let words = arguments.filter {
                !$0.hasPrefix("+") && !$0.hasPrefix("-") && !$0.hasPrefix("@") && !["A", "a", "IN"].contains($0)
            }
            guard let host = words.first else { return nil }
            self.host = host.hasSuffix(".") ? host : host + "."
            kind = .dig(isShort: arguments.contains("+short"))
        case "wget", "curl":
            guard let url = arguments.last(where: { !$0.hasPrefix("-") }) else { return nil }
            let full = url.contains("://") ? url : "http://" + url
            guard let target = Dependency(variable: "", url: full) else { return nil }
            host = target.host
            let isQuiet = name == "curl" || arguments.contains { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("q") }
            let printsBody = name == "curl" || arguments.contains { $0.hasPrefix("-") && $0.hasSuffix("O-") } || arguments.contains("-")
            kind = .wget(
                path: target.path, port: target.port, isQuiet: isQuiet, timeout: Self.timeout(arguments) ?? .seconds(900),
                output: printsBody ? nil : target.path.split(separator: "/").last.map(String.init) ?? "index.html")
        case "nc":
            let words = arguments.filter { !$0.hasPrefix("-") }
            guard words.count >= 2, let port = Int(words[words.count - 1]) else { return nil }
            host = words[words.count - 2]
            kind = .nc(port: port, timeout: Self.timeout(arguments) ?? .seconds(127))
        default: return nil
        }
    }

    private static func timeout(_ arguments: [String]) -> Duration? {
        for (index, argument) in arguments.enumerated() {
            if argument.hasPrefix("--timeout=") || argument.hasPrefix("--max-time=") {
                return argument.split(separator: "=").last.flatMap { Int($0) }.map { .seconds($0) }
            }
            guard ["-T", "-w", "-m"].contains(argument.prefix(2)) else { continue }
            let attached = Int(argument.dropFirst(2))
            let next = index + 1 < arguments.count ? Int(arguments[index + 1]) : nil
            if let seconds = attached ?? next { return .seconds(seconds) }
        }
        return nil
    }

    func begin(ticket: Int) -> ProgramAction {
        .lookUp(name: host, ticket: ticket)
    }

    mutating func lookedUp(_ result: LookupResult, ticket: Int, server: String) -> Step {
        if case .nslookup = kind { return nslookup(result, server: server) }
        if case .dig(let isShort) = kind { return dig(result, server: server, isShort: isShort) }
        guard let found = result.firstAddress else {
            let tool = if case .wget = kind { "wget" } else { "nc" }
            return .finished(code: 1, output: "", errors: "\(tool): bad address '\(host)'\n")
        }
        switch kind {
        case .nslookup, .dig: return nslookup(result, server: server)
        case .wget(let path, let port, _, let timeout, _):
            let address = SocketAddress(host: found, port: port)
            self.address = address
            return .action(.exchange(.get(path, host: host), to: address, timeout: timeout, ticket: ticket))
        case .nc(let port, let timeout):
            let address = SocketAddress(host: found, port: port)
            self.address = address
            return .action(.exchange(.connect, to: address, timeout: timeout, ticket: ticket))
        }
    }

    private func dig(_ result: LookupResult, server: String, isShort: Bool) -> Step {
        let (status, addresses, names): (String, [IPv4], [String]) =
            switch result {
            case .addresses(let addresses, let names): ("NOERROR", addresses, names)
            case .notFound: ("NXDOMAIN", [], [])
            case .serverFailure: ("SERVFAIL", [], [])
            case .refused, .timedOut: ("", [], [])
            }
        guard !status.isEmpty else {
            return .finished(
                code: 9, output: ";; communications error to \(server)#53: timed out\n;; no servers could be reached\n", errors: "")
        }
        let aliases = names.dropFirst().map { "\($0)." }
        if isShort { return .finished(code: 0, output: (aliases + addresses.map(\.description)).map { "\($0)\n" }.joined(), errors: "") }
        let owners = [host] + aliases
        let links = zip(owners, aliases).map { "\($0)\t\t30\tIN\tCNAME\t\($1)\n" }
        let answers = links.joined() + addresses.map { "\(owners[aliases.count])\t\t30\tIN\tA\t\($0)\n" }.joined()
        let output = """
            ;; Got answer:
            ;; ->>HEADER<<- opcode: QUERY, status: \(status)
            ;; flags: qr aa rd; QUERY: 1, ANSWER: \(addresses.count + aliases.count), AUTHORITY: 0, ADDITIONAL: 0

            ;; QUESTION SECTION:
            ;\(host)\t\tIN\tA

            \(answers.isEmpty ? "" : ";; ANSWER SECTION:\n\(answers)\n");; SERVER: \(server)#53(\(server))

            """
        return .finished(code: 0, output: output, errors: "")
    }

    private func nslookup(_ result: LookupResult, server: String) -> Step {
        let header = "Server:\t\t\(server)\nAddress:\t\(server):53\n\n"
        switch result {
        case .addresses(let addresses, let names):
            let links = zip(names, names.dropFirst()).map { "\($0)\tcanonical name = \($1)\n" }.joined()
            let answers = addresses.map { "Name:\t\(names.last ?? host)\nAddress: \($0)\n" }.joined()
            return .finished(code: 0, output: header + links + answers + "\n", errors: "")
        case .notFound:
            return .finished(code: 1, output: header + "** server can't find \(host): NXDOMAIN\n\n", errors: "")
        case .serverFailure:
            return .finished(code: 1, output: header + "** server can't find \(host): SERVFAIL\n\n", errors: "")
        case .refused, .timedOut:
            return .finished(code: 1, output: ";; connection timed out; no servers could be reached\n\n", errors: "")
        }
    }

    func answered(_ result: ExchangeResult) -> Step {
        let target = address.map(\.description) ?? host
        guard case .wget(_, _, let isQuiet, _, let file) = kind else {
            switch result {
            case .response: return .finished(code: 0, output: "\(host) (\(target)) open\n", errors: "")
            case .refused: return .finished(code: 1, output: "", errors: "nc: \(host) (\(target)): Connection refused\n")
            case .timedOut: return .finished(code: 1, output: "", errors: "nc: \(host) (\(target)): Connection timed out\n")
            }
        }
        let greeting = isQuiet ? "" : "Connecting to \(host) (\(target))\n"
        let machine = address.map { $0.host.description } ?? host
        switch result {
        case .response(.http(let answer)) where answer.status < 400:
            if let file {
                return .saved(answer.body, file: file, errors: greeting + (isQuiet ? "" : "saving to '\(file)'\n'\(file)' saved\n"))
            }
            return .finished(code: 0, output: String(decoding: answer.body, as: UTF8.self), errors: greeting)
        case .response(.http(let answer)):
            return .finished(code: 1, output: "", errors: greeting + "wget: server returned error: HTTP/1.1 \(answer.status)\n")
        case .response: return .finished(code: 1, output: "", errors: greeting + "wget: error getting response\n")
        case .refused:
            return .finished(
                code: 1, output: "", errors: greeting + "wget: can't connect to remote host (\(machine)): Connection refused\n")
        case .timedOut: return .finished(code: 1, output: "", errors: greeting + "wget: download timed out\n")
        }
    }
}
