/// What takes the lines of a log into its buffer. Lines wait at the door, and so does the server that sends them, while the buffer
/// is full and somebody looks at what would be dropped for them.
final class LogIntake {
    private(set) var buffer: LogBuffer
    /// Whether somebody has scrolled away from the end.
    var isHeld = false {
        didSet { if !isHeld { wake() } }
    }
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var hasEnded = false

    init(limit: Int = LogBuffer.defaultLimit) {
        buffer = LogBuffer(limit: limit)
    }

    /// Whether lines wait now.
    var isWaiting: Bool { !waiting.isEmpty }

    /// Puts lines in as soon as there is room for them, or as soon as nobody looks at the oldest any more.
    func insert(_ entries: [LogEntry]) async {
        let size = entries.reduce(0) { $0 + $1.size }
        while isHeld, !hasEnded, !buffer.entries.isEmpty, buffer.bytes + size > buffer.limit {
            await withCheckedContinuation { waiting.append($0) }
        }
        guard !hasEnded else { return }
        for entry in entries { buffer.insert(entry) }
    }

    /// Puts in a line of Fathom's own, which waits for nothing.
    func insert(_ entry: LogEntry) {
        buffer.insert(entry)
    }

    func toggleBookmark(at index: Int) {
        buffer.toggleBookmark(at: index)
    }

    func clear() {
        buffer.removeAll()
        wake()
    }

    /// Lets go of everyone who waits; what they had is not wanted any more.
    func end() {
        hasEnded = true
        wake()
    }

    private func wake() {
        let woken = waiting
        waiting = []
        woken.forEach { $0.resume() }
    }
}
