/// Cuts a stream of bytes into lines at line feeds, and at nothing else: log lines contain carriage returns, and JSON text
/// contains separators that other splitters take for line ends.
struct LineDecoder: Sendable {
    struct Line: Sendable, Equatable {
        var bytes: [UInt8]
        /// Longer than the limit: this is its beginning, the rest was let go.
        var isCut = false
    }

    private let limit: Int
    private var partial: [UInt8] = []
    private var isCutting = false

    /// - Parameter limit: the longest line kept, in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// The lines that `bytes` complete.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> [Line] {
        var lines: [Line] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[rest.startIndex..<end])
            lines.append(Line(bytes: partial, isCut: isCutting))
            partial = []
            isCutting = false
            rest = rest[(end + 1)...]
        }
        take(rest)
        return lines
    }

    mutating func append(_ bytes: [UInt8]) -> [Line] {
        bytes.withUnsafeBytes { append($0) }
    }

    /// What stands after the last line feed, when the stream has ended.
    mutating func finish() -> Line? {
        defer { partial = []; isCutting = false }
        return partial.isEmpty ? nil : Line(bytes: partial, isCut: isCutting)
    }

    /// The line that is coming in is over the limit.
    var isOverLimit: Bool { isCutting }

    private mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
        let room = limit - partial.count
        if bytes.count > room { isCutting = true }
        partial.append(contentsOf: bytes.prefix(max(room, 0)))
    }
}
