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

    @Test("what begins with a text is offered newest first, each but once, and not what is typed already")
    func suggestions() {
        var history = CommandHistory()
        for filter in ["web", "cart", "we", "web", "-f wb"] { history.record(filter) }
        #expect(history.entries(startingWith: "") == ["-f wb", "web", "we", "cart"])
        #expect(history.entries(startingWith: "we") == ["web"])
    }
}
