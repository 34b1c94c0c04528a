import DequeModule
import KubernetesModel

/// Lines of several logs in the order of their timestamps, bounded by bytes: the oldest go first.
struct LogBuffer {
    static let defaultLimit = 64 << 20

    private(set) var entries: Deque<LogEntry> = []
    private(set) var bytes = 0
    /// How many were dropped so far; an entry's number is this plus its place.
    private(set) var dropped = 0
    /// How often a line was put before others: the numbers of those after it are higher by one since.
    private(set) var reorderings = 0
    /// The numbers of the latest of these lines.
    private var insertions: Deque<Int> = []
    private static let mostInsertions = 4096
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
        if place != entries.endIndex { noteInsertion(at: place) }
        entries.insert(entry, at: place)
        bytes += entry.size
        while bytes > limit, entries.count > 1 {
            bytes -= entries.removeFirst().size
            dropped += 1
        }
    }

    private mutating func noteInsertion(at place: Int) {
        reorderings += 1
        insertions.append(dropped + place)
        if insertions.count > Self.mostInsertions { insertions.removeFirst() }
    }

    /// The number behind the last line's.
    var end: Int { dropped + entries.count }

    /// The line with a number.
    subscript(number: Int) -> LogEntry { entries[number - dropped] }

    /// With which numbers lines were put before others since there were so many reorderings; nil when that is not known any more, or
    /// there never were so many here.
    func insertions(since count: Int) -> [Int]? {
        let new = reorderings - count
        return (0...insertions.count).contains(new) ? Array(insertions.suffix(new)) : nil
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
