import KubernetesModel

/// A server that a program needs, as its environment names it: `CATALOGUE_URL=http://catalogue:8080/products`.
struct Dependency: Equatable {
    enum Scheme: String {
        case http
        case postgres
        case redis
        case tcp

        var defaultPort: Int {
            switch self {
            case .http, .tcp: 80
            case .postgres: 5432
            case .redis: 6379
            }
        }
    }

    let variable: String
    let url: String
    let scheme: Scheme
    let host: String
    let port: Int
    let path: String

    /// Nil unless `url` is one of a scheme that programs speak.
    init?(variable: String, url: String) {
        guard let colon = url.firstRange(of: "://"), let scheme = Scheme(rawValue: String(url[..<colon.lowerBound])) else { return nil }
        let rest = url[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let hostPort = authority.split(separator: "@").last ?? authority[...]
        let parts = hostPort.split(separator: ":")
        guard let host = parts.first, !host.isEmpty else { return nil }
        self.variable = variable
        self.url = url
        self.scheme = scheme
        self.host = String(host)
        port = parts.count > 1 ? Int(parts[1]) ?? scheme.defaultPort : scheme.defaultPort
        let path = rest.dropFirst(authority.count)
        self.path = path.isEmpty ? "/" : String(path)
    }

    /// The dependencies that an environment names, in its order.
    static func all(in environment: [(name: String, value: String)]) -> [Dependency] {
        environment.filter { !$0.name.hasSuffix("_PORT") && !$0.name.contains("_PORT_") }
            .compactMap { Dependency(variable: $0.name, url: $0.value) }
    }

    var request: NetworkRequest {
        switch scheme {
        case .http: .get(path, host: host)
        case .postgres: .command("SELECT 1")
        case .redis: .command("PING")
        case .tcp: .connect
        }
    }

    /// How Go's libraries begin the error of a failed call.
    func errorPrefix() -> String {
        switch scheme {
        case .http: "Get \"\(url)\": "
        case .postgres: "failed to connect to `host=\(host) user=shop database=shop`: "
        case .redis: "redis: "
        case .tcp: ""
        }
    }
}

extension Dependency {
    /// What Go's resolver says of a lookup that failed; nil when it did not.
    func lookupError(_ result: LookupResult, from source: IPv4?, random: Randomness) -> String? {
        func exchange(_ server: SocketAddress) -> String {
            "read udp \(source?.description ?? "0.0.0.0"):\(random.int(in: 32_768...60_999))->\(server)"
        }
        switch result {
        case .addresses: return nil
        case .notFound(let server):
            let on = server.map { " on \($0)" } ?? ""
            return errorPrefix() + "dial tcp: lookup \(host)\(on): no such host"
        case .serverFailure(let server): return errorPrefix() + "dial tcp: lookup \(host) on \(server): server misbehaving"
        case .refused(let server):
            return errorPrefix() + "dial tcp: lookup \(host) on \(server): \(exchange(server)): read: connection refused"
        case .timedOut(let server): return errorPrefix() + "dial tcp: lookup \(host) on \(server): \(exchange(server)): i/o timeout"
        }
    }

    /// What Go says of an exchange that failed or that the server refused to do; nil when it went well.
    func exchangeError(_ result: ExchangeResult, at address: SocketAddress) -> String? {
        switch result {
        case .refused: errorPrefix() + "dial tcp \(address): connect: connection refused"
        case .timedOut: errorPrefix() + "dial tcp \(address): i/o timeout"
        case .response(.http(let answer)) where answer.status >= 500: "unexpected status \(answer.status) from \(url)"
        case .response(.reply(let text)) where text.hasPrefix("-") || text.hasPrefix("FATAL"): errorPrefix() + text
        case .response: nil
        }
    }
}
