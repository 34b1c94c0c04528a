import Testing

@testable import Explorer

@Suite("Shortened text")
struct ShortenedTests {
    @Test("what fits is shown whole")
    func whole() {
        #expect(["a", "b", "c"].shortened(to: 3) == ["a", "b", "c"])
    }

    @Test("what does not fit says how many lines are left out")
    func cut() {
        #expect(["a", "b", "c", "d"].shortened(to: 3) == ["a", "b", "… and 2 more lines"])
    }
}
