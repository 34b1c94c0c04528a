import Testing

@testable import Troubleshooting

@Suite("Differences of lines")
struct LineDiffTests {
    @Test("changes are shown with what surrounds them")
    func diff() {
        let old = ["a", "b", "c", "d", "e", "f"]
        let new = ["a", "b", "c", "D", "e", "f"]
        #expect(LineDiff.lines(from: old, to: new, context: 1).map(\.text) == ["  …", "  c", "- d", "+ D", "  e", "  …"])
        #expect(LineDiff.lines(from: old, to: old, context: 1).isEmpty)
        #expect(LineDiff.lines(from: [], to: ["a"], context: 3).map(\.text) == ["+ a"])
    }

    @Test("a change at each end of a long text is shown as such")
    func longText() {
        let old = (0..<20_000).map { "line \($0)" }
        var new = old
        (new[3], new[19_990]) = ("first", "last")
        new.insert("between", at: 10_000)
        let lines = LineDiff.lines(from: old, to: new, context: 0).map(\.text)
        #expect(lines == ["  …", "- line 3", "+ first", "  …", "+ between", "  …", "- line 19990", "+ last", "  …"])
    }

    @Test("a long text that is another in whole is taken out and put in, and costs no more than its length")
    func anotherText() {
        let (old, new) = ((0..<50_000).map { "old \($0)" }, (0..<50_000).map { "new \($0)" })
        let lines = LineDiff.lines(from: old, to: new, context: 3)
        #expect(lines == old.map(LineDiff.Line.removed) + new.map(LineDiff.Line.added))
    }

    @Test("whatever differs, the lines without those added are the old text, and without those removed the new one", arguments: 1...20)
    func anything(seed: Int) {
        var random = seed
        func next(_ limit: Int) -> Int {
            random = (random &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
            return (random >> 8) % limit
        }
        let old = (0..<3000).map { _ in "line \(next(4000))" }
        var new = old
        for _ in 0..<200 { new[next(new.count)] = "other \(next(50))" }
        for _ in 0..<100 { new.remove(at: next(new.count)) }
        new.insert(contentsOf: new[100..<300], at: next(new.count))
        var (left, right): ([String], [String]) = ([], [])
        for line in LineDiff.lines(from: old, to: new, context: .max) {
            switch line {
            case .same(let text):
                left.append(text)
                right.append(text)
            case .removed(let text): left.append(text)
            case .added(let text): right.append(text)
            case .gap: Issue.record("nothing is left out")
            }
        }
        #expect(left == old && right == new)
    }
}
