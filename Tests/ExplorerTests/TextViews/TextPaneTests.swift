import Testing
import TextUI

@testable import Explorer

@Suite("TextPane")
struct TextPaneTests {
    private static let theme = Theme(
        name: "test", styles: [.searchMatch: Style(attributes: .underline), .currentSearchMatch: Style(attributes: .reverse)]
    )

    private func draw(_ pane: inout TextPane, width: Int = 12, height: Int = 3) -> Frame {
        var frame = Frame(size: Size(width: width, height: height))
        pane.draw(in: frame.bounds, on: &frame, theme: Self.theme)
        return frame
    }

    private func pane(_ lines: String...) -> TextPane {
        var pane = TextPane()
        pane.lines = lines.map { StyledText($0) }
        return pane
    }

    @Test("it scrolls to the last line and no further")
    func scrolling() {
        var pane = pane("one", "two", "three", "four", "five")
        _ = draw(&pane)
        _ = pane.perform("text.last")
        #expect(draw(&pane).picture == "three\nfour\nfive")
        _ = pane.perform("text.down")
        #expect(draw(&pane).picture == "three\nfour\nfive")
    }

    @Test("whoever went to the end stays there as lines are added, until they go elsewhere")
    func following() {
        var pane = pane("one", "two", "three", "four")
        _ = draw(&pane)
        _ = pane.perform("text.last")
        pane.lines += [StyledText("five"), StyledText("six")]
        #expect(draw(&pane).picture == "four\nfive\nsix")
        _ = pane.perform("text.up")
        pane.lines.append(StyledText("seven"))
        #expect(draw(&pane).picture == "three\nfour\nfive")
    }

    @Test("all matches are marked, the current one differently, and n goes on to the next")
    func search() {
        var pane = pane("a db here", "nothing", "no DB", "db db")
        _ = draw(&pane)
        pane.find("db")
        #expect(pane.searchText == "[1:4]")
        let legend: [Style: Character] = [Style(attributes: .underline): "m", Style(attributes: .reverse): "c"]
        #expect(draw(&pane).stylePicture(legend) == "..cc........\n............\n...mm.......")
        for _ in 0..<3 { _ = pane.perform("text.nextMatch") }
        #expect(pane.searchText == "[4:4]")
        #expect(draw(&pane).stylePicture(legend) == "............\n...mm.......\nmm.cc.......")
        _ = pane.perform("text.nextMatch")
        #expect(pane.searchText == "[1:4]")
    }

    @Test("a line that goes on beyond the right edge has a sign there until it is wrapped or its end is in sight")
    func cut() {
        var pane = pane("abcdefghijklmno", "abcdefghijkl", "x")
        #expect(draw(&pane).picture == "abcdefghijk›\nabcdefghijkl\nx")
        _ = pane.perform("text.right")
        #expect(draw(&pane).picture == "defghijklmno\ndefghijkl\n")
        pane.wraps = true
        #expect(draw(&pane).picture == "abcdefghijkl\nmno\nabcdefghijkl")
    }

    @Test("wrapped, a long line takes several rows")
    func wrapping() {
        var pane = pane("abcdefgh", "x")
        pane.wraps = true
        #expect(draw(&pane, width: 3, height: 4).picture == "abc\ndef\ngh\nx")
    }

    @Test("what is no expression is refused and changes nothing")
    func nonsense() {
        var pane = pane("a")
        let isFound = pane.find("(")
        #expect(!isFound)
        #expect(pane.search == nil)
    }
}
