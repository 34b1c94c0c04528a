import Testing

@testable import Explorer

@Suite("LogFilter")
struct LogFilterTests {
    private func admits(_ filter: String, _ text: String) -> Bool? {
        LogFilter(filter)?.admits(LogEntry(time: nil, source: "a", text: text))
    }

    @Test("text is an expression that ignores case, ! turns it round, -f wants its letters in order")
    func forms() {
        #expect(admits("err(or)?", "An ERROR") == true)
        #expect(admits("!error", "An ERROR") == false)
        #expect(admits("-f nshst", "no such host") == true)
        #expect(admits("-f tsoh", "no such host") == false)
    }

    @Test("what is no expression is no filter")
    func nonsense() {
        #expect(LogFilter("(") == nil)
    }

    @Test("marks are shown whatever is filtered")
    func marks() {
        #expect(LogFilter("x")?.admits(LogEntry(time: nil, source: "", text: "", kind: .mark)) == true)
    }
}
