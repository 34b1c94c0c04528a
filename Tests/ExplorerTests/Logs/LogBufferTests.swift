import KubernetesModel
import Testing

@testable import Explorer

@Suite("LogBuffer")
struct LogBufferTests {
    private func entry(_ seconds: Int?, _ text: String) -> LogEntry {
        LogEntry(time: seconds.map(Instant.init(seconds:)), source: "a", text: text)
    }

    @Test("lines of several sources stand in the order of their times, those of one time as they came")
    func order() {
        var buffer = LogBuffer()
        for (time, text) in [(1, "one"), (3, "three"), (2, "two"), (3, "three again")] { buffer.insert(entry(time, text)) }
        #expect(buffer.entries.map(\.text) == ["one", "two", "three", "three again"])
    }

    @Test("a mark stays where it was put")
    func mark() {
        var buffer = LogBuffer()
        buffer.insert(entry(5, "before"))
        buffer.insert(entry(nil, "mark"))
        buffer.insert(entry(4, "late"))
        #expect(buffer.entries.map(\.text) == ["before", "mark", "late"])
    }

    @Test("the bound drops the oldest and counts them")
    func bound() {
        var buffer = LogBuffer(limit: 200)
        for number in 1...5 { buffer.insert(entry(number, "12345678")) }
        #expect(buffer.bytes <= 200)
        #expect(buffer.dropped + buffer.entries.count == 5)
        #expect(buffer.entries.last?.time == Instant(seconds: 5))
    }
}
