/// Where an API server is: scheme, host, port, and the path under which a proxy serves it.
package struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    package var isSecure: Bool
    /// A name or an address, without the brackets of IPv6.
    package var host: String
    package var port: Int
    /// Empty, or `/k8s/clusters/c-1`: without a slash at its end.
    package var pathPrefix: String

    package init(isSecure: Bool = true, host: String, port: Int, pathPrefix: String = "") {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.pathPrefix = pathPrefix
    }

    /// Reads `https://host:port/prefix`. Nil when the text is something else; a scheme is required.
    package init?(_ text: String) {
        guard let schemeEnd = text.firstRange(of: "://") else { return nil }
        switch text[..<schemeEnd.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let rest = text[schemeEnd.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let (host, port) = Self.splitAuthority(rest[..<slash]) else { return nil }
        let prefix = rest[slash...]
        guard !prefix.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace }) else { return nil }
        self.host = host
        self.port = port ?? (isSecure ? 443 : 80)
        pathPrefix = String(prefix.reversed().drop { $0 == "/" }.reversed())
    }

    private static func splitAuthority(_ text: Substring) -> (host: String, port: Int?)? {
        var host = text
        var port: Substring?
        if text.first == "[" {
            guard let close = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<close]
            let tail = text[text.index(after: close)...]
            guard tail.isEmpty || tail.first == ":" else { return nil }
            port = tail.isEmpty ? nil : tail.dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        let allowed = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "\\") }
        guard !host.isEmpty, allowed else { return nil }
        guard let port else { return (String(host), nil) }
        guard let number = UInt16(port), number > 0 else { return nil }
        return (String(host), Int(number))
    }

    /// `host:port`, as messages name the server.
    package var hostAndPort: String { "\(bracketedHost):\(port)" }

    var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    package var description: String {
        "\(isSecure ? "https" : "http")://\(hostAndPort)\(pathPrefix)"
    }
}
