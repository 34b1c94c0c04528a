import DequeModule
import KubernetesModel

/// Lines of several logs in the order of their timestamps, bounded by bytes: the oldest go first.
struct LogBuffer {
    static let defaultLimit = 64 << 20

    private(set) var entries: Deque<LogEntry> = []
    private(set) var bytes = 0
    /// How many were dropped so far; an entry's number is this plus its place.
    private(set) var dropped = 0
    /// How often a line was put before others: numbers remembered from before are void then.
    private(set) var reorderings = 0
    let limit: Int

    init(limit: Int = defaultLimit) {
        self.limit = limit
    }

    /// Adds a line behind all that are not younger. Lines of one source come in order, so the place is near the end.
    mutating func insert(_ entry: LogEntry) {
        var place = entries.endIndex
        if let time = entry.time {
            while place > entries.startIndex, let before = entries[place - 1].time, before > time { place -= 1 }
        }
        if place != entries.endIndex { reorderings += 1 }
        entries.insert(entry, at: place)
        bytes += entry.size
        while bytes > limit, entries.count > 1 {
            bytes -= entries.removeFirst().size
            dropped += 1
        }
    }

    mutating func toggleBookmark(at index: Int) {
        guard entries.indices.contains(index) else { return }
        entries[index].isBookmarked.toggle()
    }

    mutating func removeAll() {
        dropped += entries.count
        entries.removeAll()
        bytes = 0
    }
}
