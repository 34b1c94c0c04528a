/// One line of a container's log, as it was written: control characters included, the line feed not.
package struct LogLine: Sendable, Hashable {
    /// RFC 3339 with nanoseconds, as the container runtime wrote it; nil when the line has none.
    package var timestamp: String?
    /// What is not UTF-8 is replaced.
    package var text: String
    /// The line was longer than the limit, and its rest left out.
    package var isCut = false

    package init(timestamp: String? = nil, text: String, isCut: Bool = false) {
        self.timestamp = timestamp
        self.text = text
        self.isCut = isCut
    }

    /// Reads `2026-08-01T10:00:00.123456789Z text`.
    init(bytes: ArraySlice<UInt8>, isCut: Bool) {
        self.isCut = isCut
        if let space = bytes.prefix(40).firstIndex(of: UInt8(ascii: " ")), Self.isTimestamp(bytes[..<space]) {
            timestamp = String(decoding: bytes[..<space], as: UTF8.self)
            text = String(decoding: bytes[(space + 1)...], as: UTF8.self)
        } else {
            text = String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func isTimestamp(_ bytes: ArraySlice<UInt8>) -> Bool {
        let start = bytes.startIndex
        guard bytes.count >= 20, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 10] == UInt8(ascii: "T") else { return false }
        return bytes.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "T") || byte == UInt8(ascii: "Z")
        }
    }
}
