import Testing

@testable import Explorer

@Suite("CommandHistory")
struct CommandHistoryTests {
    @Test("back and forward move through what was given")
    func moving() {
        var history = CommandHistory()
        for command in ["pods", "svc", "svc", "nodes"] { history.record(command) }
        #expect(history.previous == "svc")
        #expect(history.back() == "svc")
        #expect(history.back() == "pods")
        #expect(history.back() == nil)
        #expect(history.forward() == "svc")
        #expect(history.forward() == "nodes")
        #expect(history.forward() == nil)
    }
}
