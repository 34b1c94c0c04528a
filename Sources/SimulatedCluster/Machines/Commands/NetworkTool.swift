import KubernetesSemantics

/// A tool that asks the network: it looks a name up, connects, and says how that went, in BusyBox's words.
struct NetworkTool {
    enum Step {
        case action(ProgramAction)
        case finished(code: Int, output: String, errors: String)
        case saved([UInt8], file: String, errors: String)
    }

    private enum Kind {
        /// - question: for a server to be asked directly; nil for what the C library looks up.
        case nslookup(question: DNSQuestion?, server: IPv4?)
        /// Of a name as it stands, without the search list.
        case dig(isShort: Bool)
        /// - onlyLooks: asks whether something is there, and saves nothing.
        case wget(path: String, port: Int, isQuiet: Bool, timeout: Duration, output: String?, onlyLooks: Bool)
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
            kind = .nslookup(question: Self.question(host, arguments), server: words.count > 1 ? IPv4(words[1]) : nil)
        case "dig":
            let words = arguments.filter {
                !$0.hasPrefix("+") && !$0.hasPrefix("-") && !$0.hasPrefix("@") && !["A", "a", "IN"].contains($0)
            }
            guard let host = words.first else { return nil }
            self.host = host.hasSuffix(".") ? host : host + "."
            kind = .dig(isShort: arguments.contains("+short"))
        case "wget", "curl":
            let options = Self.webOptions(arguments, isCurl: name == "curl")
            guard let url = options.operands.last else { return nil }
            let full = url.contains("://") ? url : "http://" + url
            guard let target = Dependency(variable: "", url: full) else { return nil }
            host = target.host
            let named = options.value(name == "curl" ? "o" : "O")
            let ownName = target.path.split(separator: "/").last.map(String.init) ?? "index.html"
            let printsBody = name == "curl" ? named == nil && !options.has("O") : named == "-"
            kind = .wget(
                path: target.path, port: target.port, isQuiet: name == "curl" || options.has("q"),
                timeout: Self.timeout(arguments) ?? .seconds(900), output: printsBody || named == "-" ? nil : named ?? ownName,
                onlyLooks: arguments.contains("--spider"))
        case "nc":
            let words = arguments.filter { !$0.hasPrefix("-") }
            guard words.count >= 2, let port = Int(words[words.count - 1]) else { return nil }
            host = words[words.count - 2]
            kind = .nc(port: port, timeout: Self.timeout(arguments) ?? .seconds(127))
        default: return nil
        }
    }

    /// Options and their values may stand behind the address, too.
    private static func webOptions(_ arguments: [String], isCurl: Bool) -> ToolOptions {
        let valued = ["--header", "--post-data", "--max-time", "--connect-timeout", "--request", "--data", "--user-agent"]
        var words: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if valued.contains(word) { _ = rest.popFirst() }
            if !word.hasPrefix("--") { words.append(word) }
        }
        return isCurl
            ? ToolOptions(words, flags: "fgiIkLNOsSv#", valued: "AbdeHmoTuwX") : ToolOptions(words, flags: "cqSv", valued: "OoPTtUY")
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

    /// What `nslookup` asks a server itself: for a type, for the name of an address, or a server that is named.
    private static func question(_ host: String, _ arguments: [String]) -> DNSQuestion? {
        if let address = IPv4(host) {
            return DNSQuestion(address.description.split(separator: ".").reversed().joined(separator: ".") + ".in-addr.arpa", .ptr)
        }
        let type = arguments.first { $0.hasPrefix("-type=") || $0.hasPrefix("-querytype=") }?.split(separator: "=").last
        let isNamed = arguments.count { !$0.hasPrefix("-") } > 1
        guard type != nil || isNamed, !arguments.contains("hosts") else { return nil }
        return DNSQuestion(host, type.flatMap { DNSQuestion.Kind(rawValue: $0.uppercased()) } ?? .a)
    }

    /// - Parameter server: the one that the resolver's file names first.
    func begin(ticket: Int, server: String) -> ProgramAction {
        guard case .nslookup(let question?, let named) = kind, let target = named ?? IPv4(server) else {
            return .lookUp(name: host, ticket: ticket)
        }
        return .exchange(
            .dns(question), to: SocketAddress(host: target, port: 53, transport: .udp), timeout: .seconds(10), ticket: ticket)
    }

    private func answered(_ result: ExchangeResult, _ question: DNSQuestion, server: String) -> Step {
        guard case .response(.dns(let answer)) = result else {
            return .finished(code: 1, output: ";; connection timed out; no servers could be reached\n\n", errors: "")
        }
        let header = "Server:\t\t\(server)\nAddress:\t\(server):53\n\n"
        guard answer.code == .noError else {
            return .finished(code: 1, output: header + "** server can't find \(question.name): \(answer.code.rawValue)\n\n", errors: "")
        }
        guard question.kind == .srv || question.kind == .ptr else {
            let isEmpty = answer.addresses.isEmpty && answer.aliases.isEmpty
            return isEmpty
                ? .finished(code: 1, output: header + "*** Can't find \(question.name): No answer\n\n", errors: "")
                : nslookup(.addresses(answer.addresses, names: [question.name] + answer.aliases), server: server)
        }
        let word = question.kind == .srv ? "service" : "name"
        let lines = answer.texts.map { "\(question.name)\t\(word) = \($0)\n" }.joined()
        return .finished(code: 0, output: header + lines + "\n", errors: "")
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
        case .wget(let path, let port, _, let timeout, _, _):
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

    func answered(_ result: ExchangeResult, server: String) -> Step {
        if case .nslookup(let question?, let named) = kind {
            return answered(result, question, server: named?.description ?? server)
        }
        let target = address.map(\.description) ?? host
        guard case .wget(_, _, let isQuiet, _, let file, let onlyLooks) = kind else {
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
            if onlyLooks { return .finished(code: 0, output: "", errors: greeting + (isQuiet ? "" : "remote file exists\n")) }
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
