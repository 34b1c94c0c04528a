import KubernetesSemantics

/// An IPv4 address.
struct IPv4: Hashable, Comparable, CustomStringConvertible {
    var value: UInt32

    init(_ value: UInt32) {
        self.value = value
    }

    /// Nil unless `text` is four decimal bytes.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            // Swift reads numbers with a sign, too.
            guard part.first != "+", let byte = UInt8(part) else { return nil }
            value = value << 8 | UInt32(byte)
        }
        self.value = value
    }

    var description: String {
        "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)"
    }

    static func < (left: IPv4, right: IPv4) -> Bool { left.value < right.value }
}

/// A range of IPv4 addresses, such as a node's pod addresses.
struct IPv4Range: Hashable, CustomStringConvertible {
    let base: IPv4
    let prefix: Int

    /// Reads `10.244.0.0/24`; nil when it is none.
    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let address = IPv4(String(parts[0])), let prefix = Int(parts[1]), (1...32).contains(prefix)
        else { return nil }
        base = IPv4(address.value & (UInt32.max << UInt32(32 - prefix)))
        self.prefix = prefix
    }

    var description: String { "\(base)/\(prefix)" }
    var size: UInt32 { 1 << UInt32(32 - prefix) }

    func contains(_ address: IPv4) -> Bool {
        address.value >= base.value && address.value - base.value < size
    }

    /// The address `offset` places after the first.
    subscript(offset: UInt32) -> IPv4 {
        IPv4(base.value + offset)
    }
}

struct SocketAddress: Hashable, CustomStringConvertible {
    var host: IPv4
    var port: Int
    var transport: TransportProtocol = .tcp

    var description: String { "\(host):\(port)" }
}
