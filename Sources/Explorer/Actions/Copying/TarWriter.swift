/// Writes a tar archive's parts, as GNU and busybox read them.
nonisolated enum TarWriter {
    /// After the last entry.
    static let end = [UInt8](repeating: 0, count: 2 * TarFormat.block)

    /// What comes before an entry's content; the content itself is padded to `TarFormat.block`.
    static func header(_ entry: TarEntry) -> [UInt8] {
        let (kind, size, target): (Character, Int, String) =
            switch entry.kind {
            case .file(let size): ("0", size, "")
            case .folder: ("5", 0, "")
            case .symbolicLink(let target): ("2", 0, target)
            case .hardLink(let target): ("1", 0, target)
            case .other: ("6", 0, "")
            }
        return longName(entry.path, "L") + longName(target, "K")
            + block(entry.path, mode: entry.mode, size: size, kind: kind, target: target, modified: entry.modified)
    }

    /// A record of its own for what doesn't fit into the header.
    private static func longName(_ name: String, _ kind: Character) -> [UInt8] {
        let bytes = Array(name.utf8) + [0]
        guard bytes.count > 100 else { return [] }
        return block("././@LongLink", mode: 0, size: bytes.count, kind: kind, target: "", modified: 0) + bytes
            + [UInt8](repeating: 0, count: TarFormat.padding(bytes.count))
    }

    private static func block(_ name: String, mode: Int, size: Int, kind: Character, target: String, modified: Int) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: TarFormat.block)
        func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in bytes.enumerated() { header[offset + index] = byte }
        }
        put(name.utf8.prefix(100), at: 0)
        put(octal(mode, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(number(size), at: 124)
        put(number(modified), at: 136)
        put(String(kind).utf8, at: 156)
        put(target.utf8.prefix(100), at: 157)
        put("ustar  ".utf8, at: 257)
        put("        ".utf8, at: 148)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + [0, UInt8(ascii: " ")], at: 148)
        return header
    }

    private static func octal(_ value: Int, digits: Int) -> [UInt8] {
        let text = String(max(0, value), radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.utf8.count)) + text).utf8)
    }

    /// Eleven octal digits, or bytes for what they can't say.
    private static func number(_ value: Int) -> [UInt8] {
        guard value >= 1 << 33 else { return octal(value, digits: 11) }
        return [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }
}
