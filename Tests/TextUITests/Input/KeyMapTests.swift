import Testing

@testable import TextUI

@Suite("KeyMap")
struct KeyMapTests {
    private static var goTop: Binding {
        var binding = Binding("go.top", title: "top")
        binding.keys = [["g", "g"]]
        return binding
    }

    @Test("a sequence is pending until it is complete")
    func sequences() {
        let map = KeyMap([Self.goTop, Binding("quit", "q", "Ctrl-C", title: "quit")])
        #expect(map.lookup(["g"]) == .pending)
        #expect(map.lookup(["g", "g"]) == .action("go.top"))
        #expect(map.lookup(["g", "q"]) == .none)
        #expect(map.lookup(["Ctrl-C"]) == .action("quit"))
    }

    @Test("the earlier of two bindings wins and the doubling is reported")
    func conflicts() {
        let bindings = [Binding("one", "x", title: "one"), Binding("two", "x", title: "two")]
        #expect(KeyMap(bindings).lookup(["x"]) == .action("one"))
        #expect(KeyMap.conflicts(in: bindings) == [KeyMap.Conflict(keys: ["x"], actions: ["one", "two"])])
    }

    @Test("a key that begins another's sequence is reported")
    func hiddenSequence() {
        let conflicts = KeyMap.conflicts(in: [Self.goTop, Binding("go", "g", title: "go")])
        #expect(conflicts == [KeyMap.Conflict(keys: ["g"], actions: ["go", "go.top"])])
    }
}
