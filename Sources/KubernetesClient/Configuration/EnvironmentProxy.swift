/// The proxy that the environment names, with its exceptions: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in either case.
struct EnvironmentProxy {
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// - Throws: for one that can't be used: going past it might lead where nobody meant to go.
    func proxy(for server: ServerAddress) throws(KubeconfigError) -> ProxyAddress? {
        let name = server.isSecure ? "HTTPS_PROXY" : "HTTP_PROXY"
        guard let text = value(name), !isException(server) else { return nil }
        if let proxy = ProxyAddress(text.contains("://") ? text : "http://\(text)") { return proxy }
        throw KubeconfigError("the environment's \(name) must begin with http:// or socks5://, and name a host")
    }

    private func value(_ name: String) -> String? {
        [environment[name], environment[name.lowercased()]].compactMap { $0 }.first { !$0.isEmpty }
    }

    private func isException(_ server: ServerAddress) -> Bool {
        let host = server.host.lowercased()
        if host == "localhost" || host == "::1" || host.hasPrefix("127.") { return true }
        return (value("NO_PROXY") ?? "").lowercased().split(separator: ",").contains { entry in
            matches(String(entry.filter { !$0.isWhitespace }), host: host, port: server.port)
        }
    }

    /// `*`, a name with everything below it, `.below`, an address, a range of IPv4 addresses; all but ranges with a port or not.
    private func matches(_ entry: String, host: String, port: Int) -> Bool {
        if entry == "*" || entry == host { return true }
        if entry.contains("/") { return IPv4Range(entry)?.contains(host) ?? false }
        var name = entry[...]
        if let colon = entry.lastIndex(of: ":"), let number = Int(entry[entry.index(after: colon)...]),
            entry.filter({ $0 == ":" }).count == 1
        {
            guard number == port else { return false }
            name = entry[..<colon]
        }
        if name.hasPrefix("*.") { name = name.dropFirst() }
        guard !name.isEmpty else { return false }
        return name.hasPrefix(".") ? host.hasSuffix(name) : host == name || host.hasSuffix("." + name)
    }
}

/// `10.0.0.0/8`.
private struct IPv4Range {
    private let base: UInt32
    private let mask: UInt32

    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let base = Self.address(parts[0]), let length = Int(parts[1]), (0...32).contains(length) else { return nil }
        mask = length == 0 ? 0 : .max << UInt32(32 - length)
        self.base = base & mask
    }

    func contains(_ host: String) -> Bool {
        Self.address(host[...]).map { $0 & mask == base } ?? false
    }

    private static func address(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard let part else { return nil }
            address = address << 8 | UInt32(part)
        }
        return address
    }
}
