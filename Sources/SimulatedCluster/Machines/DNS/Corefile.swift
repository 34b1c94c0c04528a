/// A parsed Corefile: CoreDNS's configuration.
struct Corefile: Equatable {
    struct Plugin: Equatable {
        var name: String
        var arguments: [String]
        /// The lines of its block, as words.
        var block: [[String]]
        var line: Int
    }

    struct Server: Equatable {
        /// Without the dot at the end; empty for the root.
        var zones: [String]
        var port: Int
        var plugins: [Plugin]

        func plugin(_ name: String) -> Plugin? {
            plugins.first { $0.name == name }
        }
    }

    struct Failure: Error, Equatable {
        /// As CoreDNS prints it before it exits with 1.
        let message: String
    }

    static let path = "/etc/coredns/Corefile"

    /// The directives that the standard build of CoreDNS knows.
    static let directives: Set<String> = [
        "acl", "any", "auto", "autopath", "azure", "bind", "bufsize", "cache", "cancel", "chaos", "clouddns", "debug", "dns64", "dnssec",
        "dnstap", "erratic", "errors", "etcd", "file", "forward", "geoip", "grpc", "header", "health", "hosts", "import", "k8s_external",
        "kubernetes", "loadbalance", "local", "log", "loop", "metadata", "minimal", "multisocket", "nsid", "prometheus", "quic", "ready",
        "reload", "rewrite", "root", "route53", "secondary", "sign", "template", "timeouts", "tls", "trace", "transfer", "tsig", "view",
        "whoami",
    ]

    var servers: [Server] = []

    private struct Token {
        var text: String
        var line: Int
    }

    init(parsing text: String) throws(Failure) {
        var tokens = Self.tokens(of: text)[...]
        while !tokens.isEmpty { servers.append(try Self.server(&tokens)) }
    }

    /// The server that answers for a name: the one with the longest zone.
    func server(for name: String) -> Server? {
        var best: (server: Server, length: Int)?
        for server in servers {
            for zone in server.zones where zone.isEmpty || name == zone || name.hasSuffix("." + zone) {
                if zone.count >= best?.length ?? 0 { best = (server, zone.count) }
            }
        }
        return best?.server
    }

    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let code = line.prefix { $0 != "#" }
            tokens += code.split { $0 == " " || $0 == "\t" }.map { Token(text: String($0), line: index + 1) }
        }
        return tokens
    }

    private static func server(_ tokens: inout ArraySlice<Token>) throws(Failure) -> Server {
        var server = Server(zones: [], port: 53, plugins: [])
        while let token = tokens.popFirst() {
            if token.text == "{" {
                guard !server.zones.isEmpty else { throw unexpected(token) }
                server.plugins = try plugins(&tokens, after: token.line)
                return server
            }
            let parts = token.text.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count == 2, let port = Int(parts[1]) { server.port = port }
            let zone = parts.first ?? ""
            server.zones.append((zone.hasSuffix(".") ? zone.dropLast() : zone).lowercased())
        }
        throw Failure(message: "\(path):1 - Error during parsing: Unexpected EOF")
    }

    private static func plugins(_ tokens: inout ArraySlice<Token>, after line: Int) throws(Failure) -> [Plugin] {
        var plugins: [Plugin] = []
        while let token = tokens.popFirst() {
            if token.text == "}" { return plugins }
            guard directives.contains(token.text) else {
                throw Failure(message: "\(path):\(token.line) - Error during parsing: Unknown directive '\(token.text)'")
            }
            var plugin = Plugin(name: token.text, arguments: [], block: [], line: token.line)
            while let next = tokens.first, next.line == token.line, next.text != "}" {
                tokens.removeFirst()
                if next.text == "{" { plugin.block = try block(&tokens, after: next.line) } else { plugin.arguments.append(next.text) }
            }
            plugins.append(plugin)
        }
        throw Failure(message: "\(path):\(line) - Error during parsing: Unexpected EOF")
    }

    private static func block(_ tokens: inout ArraySlice<Token>, after line: Int) throws(Failure) -> [[String]] {
        var lines: [[String]] = []
        var current = 0
        while let token = tokens.popFirst() {
            if token.text == "}" { return lines }
            if token.line == current, !lines.isEmpty { lines[lines.count - 1].append(token.text) } else { lines.append([token.text]) }
            current = token.line
        }
        throw Failure(message: "\(path):\(line) - Error during parsing: Unexpected EOF")
    }

    private static func unexpected(_ token: Token) -> Failure {
        Failure(
            message:
                "\(path):\(token.line) - Error during parsing: Syntax error: Unexpected token '\(token.text)', expecting server address")
    }
}
