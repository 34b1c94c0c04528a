import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Matches in a log")
struct LogMatchesTests {
    private func entry(_ seconds: Int, _ text: String? = nil) -> LogEntry {
        LogEntry(time: Instant(seconds: seconds), source: "a", text: text ?? (seconds % 10 == 0 ? "match" : "other"))
    }

    private func buffer(_ count: Int, limit: Int = LogBuffer.defaultLimit) -> LogBuffer {
        var buffer = LogBuffer(limit: limit)
        for number in 0..<count { buffer.insert(entry(number)) }
        return buffer
    }

    @Test("the newest lines are looked at first, and the others little by little")
    func steps() {
        let buffer = buffer(100)
        var matches = LogMatches()
        var steps: [[Int]] = []
        while !matches.areComplete(in: buffer) {
            _ = matches.look(at: buffer, bytes: 30 * 69) { $0.text == "match" }
            steps.append(Array(matches.numbers))
        }
        #expect(steps.first == [70, 80, 90] && steps.count == 4)
        #expect(steps.last == Array(stride(from: 0, to: 100, by: 10)))
    }

    @Test("a log that takes another's place, with fewer lines put before others, is searched from the beginning")
    func otherLog() {
        var buffer = buffer(3)
        buffer.insert(entry(1))
        #expect(buffer.reorderings == 1 && buffer.insertions(since: 0) == [2])
        #expect(LogBuffer().insertions(since: buffer.reorderings) == nil)
    }

    @Test("a line that comes late has those behind it looked at again, and no others")
    func lateLine() {
        var buffer = buffer(100)
        var matches = LogMatches()
        _ = matches.look(at: buffer) { $0.text == "match" }
        buffer.insert(entry(95, "match"))
        for number in buffer.insertions(since: 0) ?? [] { matches.insert(at: number) }
        var looked = 0
        let before = matches.look(at: buffer) { entry in
            looked += 1
            return entry.text == "match"
        }
        #expect(looked == 5 && before == 0)
        #expect(matches.numbers.suffix(3) == [80, 90, 96] && matches.areComplete(in: buffer))
    }

    @Test("what is dropped is no match any more, and what came while nobody looked is found")
    func dropped() {
        var buffer = buffer(50, limit: 50 * 69)
        var matches = LogMatches()
        _ = matches.look(at: buffer) { $0.text == "match" }
        for number in 50..<90 { buffer.insert(entry(number)) }
        _ = matches.look(at: buffer, bytes: 10 * 69) { $0.text == "match" }
        #expect(Array(matches.numbers) == [80])
        _ = matches.look(at: buffer) { $0.text == "match" }
        #expect(Array(matches.numbers) == [40, 50, 60, 70, 80])
    }

    @Test("of a very long line no more is drawn than can be seen")
    func longLine() throws {
        let long = LogEntry(time: nil, source: "a", text: String(repeating: "é", count: 100_000))
        #expect(long.cut(to: 1000).text.count == 1002 && long.cut(to: 100_000) == long)
    }
}
