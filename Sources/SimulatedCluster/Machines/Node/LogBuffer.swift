import DequeModule
import KubernetesModel

/// What a container wrote, line by line, up to a limit of bytes; then the oldest lines go, as with rotated files.
struct LogBuffer {
    struct Line: Equatable {
        var time: Instant
        var stream: OutputStream
        /// Without its line end: what was written, be it text or not.
        var bytes: [UInt8]
        /// False for a last line whose end was not written yet.
        var isComplete = true
    }

    static let defaultCapacity = 1_000_000

    private(set) var lines: Deque<Line> = []
    /// The number of lines ever dropped, so that a follower knows where it stands.
    private(set) var dropped = 0
    private var size = 0
    private let capacity: Int

    init(capacity: Int = defaultCapacity) {
        self.capacity = capacity
    }

    /// The position after the last line, for followers.
    var end: Int { dropped + lines.count }

    mutating func append(_ written: [UInt8], stream: OutputStream, at time: Instant) {
        var pieces = written.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        guard let tail = pieces.popLast() else { return }
        for piece in pieces { add(piece, stream, time, isComplete: true) }
        if !tail.isEmpty { add(tail, stream, time, isComplete: false) }
        while size > capacity, let first = lines.popFirst() {
            size -= first.bytes.count + 1
            dropped += 1
        }
    }

    private mutating func add(_ piece: ArraySlice<UInt8>, _ stream: OutputStream, _ time: Instant, isComplete: Bool) {
        size += piece.count + 1
        if let last = lines.indices.last, !lines[last].isComplete, lines[last].stream == stream {
            lines[last].bytes += piece
            lines[last].isComplete = isComplete
        } else {
            lines.append(Line(time: time, stream: stream, bytes: Array(piece), isComplete: isComplete))
        }
    }

    /// Lines from `position` on that are complete.
    func lines(from position: Int) -> ArraySlice<Line> {
        let start = max(0, min(position - dropped, lines.count))
        return Array(lines)[start...]
    }

    /// The last complete text of at most `maximum` bytes, for `FallbackToLogsOnError`.
    func tail(bytes maximum: Int, lines count: Int) -> String {
        let text = lines.suffix(count).map(\.bytes).joined(separator: [UInt8(ascii: "\n")])
        return String(decoding: Array(text).suffix(maximum), as: UTF8.self)
    }
}
