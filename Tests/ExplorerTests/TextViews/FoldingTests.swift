import Testing
import TextUI

@testable import Explorer

@Suite("Folding")
struct FoldingTests {
    private static let yaml = """
        kind: Pod
        metadata:
          name: web
        spec:
          containers:
          - env:
            - name: A
              value: b
            image: web:1
          - image: log:1

            name: log
          node: n1
        status: {}
        """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

    private func folding(_ lines: [String] = yaml) -> Folding {
        var folding = Folding()
        folding.update(lines)
        return folding
    }

    private func shown(_ folding: Folding, _ lines: [String] = yaml) -> [String] {
        folding.shown.map { lines[$0] }
    }

    @Test("keys, the items of lists and what is nested in them are blocks")
    func blocks() {
        let heads = folding().blocks.map { Self.yaml[$0.head] }
        #expect(heads == ["metadata:", "spec:", "  containers:", "  - env:", "    - name: A", "  - image: log:1"])
    }

    @Test("closing a block hides what is deeper and counts it, a blank line included")
    func closing() throws {
        var folding = folding()
        folding.toggle(try #require(folding.block(at: 9)))
        #expect(folding.hidden(below: 9) == 2)
        #expect(shown(folding).suffix(3) == ["  - image: log:1", "  node: n1", "status: {}"])
        folding.toggle(try #require(folding.block(at: 9)))
        #expect(folding.shown.count == Self.yaml.count)
    }

    @Test("a line inside a block stands for the innermost around it")
    func innermost() {
        #expect(folding().block(at: 12)?.head == 3)
        #expect(folding().block(at: 8)?.head == 5)
        #expect(folding().block(at: 0) == nil)
    }

    @Test("closing all leaves the outermost lines; the same again opens all")
    func all() {
        var folding = folding()
        folding.toggleAll()
        #expect(shown(folding) == ["kind: Pod", "metadata:", "spec:", "status: {}"])
        folding.toggleAll()
        #expect(folding.shown.count == Self.yaml.count)
    }

    @Test("a hidden line is revealed with all that hides it, and nothing else")
    func reveal() {
        var folding = folding()
        folding.toggleAll()
        folding.reveal(7)
        #expect(folding.shown.contains(7))
        #expect(!folding.shown.contains(2) && !folding.shown.contains(11))
    }

    @Test("a closed block stays closed when lines come before it")
    func stays() throws {
        var folding = folding()
        folding.toggle(try #require(folding.block(at: 4)))
        let longer = ["apiVersion: v1"] + Self.yaml
        folding.update(longer)
        #expect(shown(folding, longer).suffix(4) == ["spec:", "  containers:", "  node: n1", "status: {}"])
    }

    @Test("the row of a hidden line is that of its block")
    func rows() throws {
        var folding = folding()
        folding.toggle(try #require(folding.block(at: 1)))
        #expect(folding.row(of: 2) == 1)
        #expect(folding.row(of: 3) == 2)
    }
}

@Suite("Folding in a pane")
struct PaneFoldingTests {
    private static let theme = Theme(name: "test", styles: [:])

    private func pane() -> TextPane {
        var pane = TextPane.foldable
        pane.lines = ["a:", "  one: 1", "  two: 2", "b:", "  three: 3", "c: 4"].map { StyledText($0) }
        return pane
    }

    private func picture(_ pane: inout TextPane, height: Int = 6) -> String {
        var frame = Frame(size: Size(width: 20, height: height))
        pane.draw(in: frame.bounds, on: &frame, theme: Self.theme)
        return frame.picture
    }

    @Test("the block in the first line is closed, with a mark that counts what it hides")
    func first() {
        var pane = pane()
        _ = picture(&pane)
        _ = pane.perform("text.fold")
        #expect(picture(&pane).hasPrefix("a:  ▸ 2 lines\nb:\n  three: 3\nc: 4"))
    }

    @Test("Tab chooses the block to close")
    func chosen() {
        var pane = pane()
        _ = picture(&pane)
        for action: ActionID in ["text.nextStop", "text.nextStop", "text.fold"] { _ = pane.perform(action) }
        #expect(picture(&pane).hasPrefix("a:\n  one: 1\n  two: 2\nb:  ▸ 1 line\nc: 4"))
    }

    @Test("a search opens what hides a match, and copying keeps all lines")
    func search() {
        var pane = pane()
        _ = picture(&pane)
        _ = pane.perform("text.foldAll")
        #expect(picture(&pane).hasPrefix("a:  ▸ 2 lines\nb:  ▸ 1 line\nc: 4"))
        pane.find("three")
        #expect(picture(&pane).hasPrefix("a:  ▸ 2 lines\nb:\n  three: 3\nc: 4"))
        #expect(pane.text.contains("one: 1"))
    }
}
