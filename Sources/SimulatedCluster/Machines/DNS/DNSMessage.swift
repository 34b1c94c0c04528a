/// A question to a DNS server, with a complete name.
struct DNSQuestion: Hashable {
    enum Kind: String {
        case a = "A"
        case aaaa = "AAAA"
        case srv = "SRV"
        case ptr = "PTR"
    }

    /// Without the dot at the end, in lower case.
    var name: String
    var kind: Kind
    /// Who asks; nil for a node.
    var client: IPv4?

    init(_ name: String, _ kind: Kind = .a) {
        self.name = (name.hasSuffix(".") ? String(name.dropLast()) : name).lowercased()
        self.kind = kind
    }
}

/// A DNS server's answer.
struct DNSAnswer: Equatable {
    enum Code: String {
        case noError = "NOERROR"
        case nameError = "NXDOMAIN"
        case serverFailure = "SERVFAIL"
        case refused = "REFUSED"
    }

    var code: Code
    var addresses: [IPv4] = []
    /// What was asked for, where that is no address: of SRV `priority weight port target`, of PTR a name.
    var texts: [String] = []
    /// The names that aliases lead to, one after the other.
    var aliases: [String] = []

    static let nameError = DNSAnswer(code: .nameError)
    static let serverFailure = DNSAnswer(code: .serverFailure)
}
