/// The proxy through which a cluster is reached.
package struct ProxyAddress: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable {
        case http, socks5
    }

    package var kind: Kind
    package var host: String
    package var port: Int
    package var user: String?
    package var password: Secret?

    /// Reads `http://user:password@host:port` or `socks5://host:port`; nil when the text is something else.
    package init?(_ text: String) {
        guard let schemeEnd = text.firstRange(of: "://") else { return nil }
        switch text[..<schemeEnd.lowerBound].lowercased() {
        case "http": kind = .http
        case "socks5", "socks5h": kind = .socks5
        default: return nil
        }
        var authority = text[schemeEnd.upperBound...].prefix { $0 != "/" }
        if let at = authority.lastIndex(of: "@") {
            let login = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = login.first.map(String.init)
            password = login.count == 2 ? Secret(String(login[1])) : nil
            authority = authority[authority.index(after: at)...]
        }
        guard let address = ServerAddress("http://\(authority)") else { return nil }
        host = address.host
        let namesPort = authority.split(separator: "]").last?.contains(":") ?? false
        port = namesPort ? address.port : (kind == .http ? 80 : 1080)
    }

    package var description: String { "\(kind.rawValue)://\(host):\(port)" }
}
