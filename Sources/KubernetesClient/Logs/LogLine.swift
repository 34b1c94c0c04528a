package import KubernetesModel

/// One line of a container's log, as it was written: control characters included, the line feed not.
package struct LogLine: Sendable, Hashable {
    /// When the container runtime read it; nil when it does not say.
    package var time: Instant?
    /// What is not UTF-8 is replaced.
    package var text: String
    /// The line was longer than the limit, and its rest left out.
    package var isCut = false

    package init(time: Instant? = nil, text: String, isCut: Bool = false) {
        self.time = time
        self.text = text
        self.isCut = isCut
    }

    /// Reads `2026-08-01T10:00:00.123456789Z text`.
    init(_ line: LineDecoder.Line) {
        isCut = line.isCut
        let bytes = line.bytes
        // The longest time has 35 characters: nine digits of a second, and an offset.
        if let space = bytes.prefix(36).firstIndex(of: UInt8(ascii: " ")),
            let time = KubernetesTime.parse(String(decoding: bytes[..<space], as: UTF8.self))
        {
            self.time = time
            text = String(decoding: bytes[(space + 1)...], as: UTF8.self)
        } else {
            text = String(decoding: bytes, as: UTF8.self)
        }
    }
}
