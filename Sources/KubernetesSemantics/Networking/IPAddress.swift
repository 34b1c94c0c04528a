/// An IPv4 or IPv6 address, compared by value, not by how it is written.
package struct IPAddress: Sendable, Hashable {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]

    /// Nil unless `text` is an address in dotted or colon form.
    package init?(_ text: some StringProtocol) {
        guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else { return nil }
        self.bytes = bytes
    }

    package var isVersion6: Bool { bytes.count == 16 }

    private static func version4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in part.utf8.allSatisfy(isDigit) ? UInt8(part) : nil }
        return bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: some StringProtocol) -> [UInt8]? {
        var text = String(text)
        // A trailing IPv4 address stands for the last two groups.
        if text.contains("."), let colon = text.lastIndex(of: ":") {
            guard let tail = version4(text[text.index(after: colon)...]) else { return nil }
            text =
                text[...colon] + String(Int(tail[0]) << 8 | Int(tail[1]), radix: 16) + ":"
                + String(Int(tail[2]) << 8 | Int(tail[3]), radix: 16)
        }
        guard let gap = text.firstRange(of: "::") else {
            let groups = groups(text)
            return groups?.count == 16 ? groups : nil
        }
        guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]), head.count + tail.count < 16
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: some StringProtocol) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        for group in text.split(separator: ":", omittingEmptySubsequences: false) {
            guard !group.isEmpty, group.utf8.count <= 4, let value = UInt16(group, radix: 16) else { return nil }
            bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
        }
        return bytes
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// A block of addresses: `10.0.0.0/8`.
package struct AddressBlock: Sendable, Hashable {
    private let address: IPAddress
    private let prefix: Int

    /// Nil unless `text` is an address, a slash and a prefix length that fits it.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), let prefix = Int(parts[1]),
            (0...address.bytes.count * 8).contains(prefix)
        else { return nil }
        self.address = address
        self.prefix = prefix
    }

    /// Whether all of `other` lies in this block, and something else does too.
    package func isWider(than other: AddressBlock) -> Bool {
        prefix < other.prefix && contains(other.address)
    }

    package func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        let whole = prefix / 8
        guard other.bytes[..<whole] == address.bytes[..<whole] else { return false }
        let rest = prefix % 8
        guard rest > 0 else { return true }
        let mask = UInt8.max << (8 - UInt8(rest))
        return other.bytes[whole] & mask == address.bytes[whole] & mask
    }
}
