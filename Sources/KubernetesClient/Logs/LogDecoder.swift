import KubernetesModel

/// Turns the bytes of a log into lines, leaving out those that an earlier stream had.
struct LogDecoder {
    /// A line longer than this is cut.
    static let lineLimit = 1 << 20

    private var lines: LineDecoder
    /// Nil once everything before it has been passed.
    private var resumesAfter: LogPosition?

    init(resumesAfter: LogPosition? = nil, lineLimit: Int = LogDecoder.lineLimit) {
        lines = LineDecoder(limit: lineLimit)
        self.resumesAfter = resumesAfter
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) -> [LogLine] {
        lines.append(bytes).map(LogLine.init).filter { isNew($0) }
    }

    mutating func append(_ bytes: [UInt8]) -> [LogLine] {
        bytes.withUnsafeBytes { append($0) }
    }

    /// The last line, when it has no line feed.
    mutating func finish() -> [LogLine] {
        [lines.finish()].compactMap { $0.map(LogLine.init) }.filter { isNew($0) }
    }

    private mutating func isNew(_ line: LogLine) -> Bool {
        guard let position = resumesAfter, let time = line.time else { return true }
        if time < position.time { return false }
        if time == position.time, position.linesAtTime > 0 {
            resumesAfter?.linesAtTime -= 1
            return false
        }
        if time > position.time { resumesAfter = nil }
        return true
    }
}
