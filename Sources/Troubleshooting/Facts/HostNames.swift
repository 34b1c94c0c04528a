/// Finds the hosts that configuration names.
enum HostNames {
    /// The hosts of URLs (`http://cart:8080/x`) and of addresses with a port (`db.shop:5432`) in a text.
    static func hosts(in text: String) -> [String] {
        var hosts: [String] = []
        for word in text.split(whereSeparator: { " \t\n,;\"'".contains($0) }) {
            guard let host = host(word), !hosts.contains(host) else { continue }
            hosts.append(host)
        }
        return hosts
    }

    private static func host(_ word: Substring) -> String? {
        var rest = word
        var isURL = false
        if let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...]
            isURL = true
        }
        rest = rest.prefix { $0 != "/" && $0 != "?" }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard let name = parts.first, isName(name) else { return nil }
        let hasPort = parts.count == 2 && Int(parts[1]) != nil
        return isURL && parts.count <= 2 || hasPort ? name.lowercased() : nil
    }

    /// A host name that is no address.
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, first.isLetter, text.utf8.count <= 253 else { return false }
        return text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
    }
}
