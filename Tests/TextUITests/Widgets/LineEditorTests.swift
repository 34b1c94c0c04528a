import Testing
import TextUI

@Suite("LineEditor")
struct LineEditorTests {
    /// What is left after pressing keys, with the cursor as `|`.
    private func press(_ keys: [KeyPress], in text: String = "") -> String {
        var editor = LineEditor(text)
        for key in keys { _ = editor.handle(key) }
        return editor.text.prefix(editor.cursor) + "|" + editor.text.dropFirst(editor.cursor)
    }

    @Test("typing, moving and deleting work in the middle of the text")
    func editing() {
        #expect(press(["p", "o", "d"]) == "pod|")
        #expect(press(["Left", "Left", "x"], in: "pod") == "px|od")
        #expect(press(["Home", "Delete"], in: "pod") == "|od")
        #expect(press(["Left", "Backspace"], in: "pod") == "p|d")
        #expect(press(["Backspace"], in: "") == "|")
    }

    @Test("Ctrl-W removes a word, Ctrl-U everything before the cursor, Ctrl-K everything behind")
    func words() {
        #expect(press(["Ctrl-W"], in: "pods kube-system ") == "pods |")
        #expect(press(["Left", "Ctrl-U"], in: "pods") == "|s")
        #expect(press(["Ctrl-A", "Right", "Ctrl-K"], in: "pods") == "p|")
    }

    @Test("what is typed first takes the place of a text that is selected; moving in it keeps it")
    func selection() {
        func text(_ keys: [KeyPress]) -> String {
            var editor = LineEditor("12", isSelected: true)
            for key in keys { _ = editor.handle(key) }
            return editor.text
        }
        #expect(text(["4", "5"]) == "45")
        #expect(text(["Backspace", "4"]) == "4")
        #expect(text(["End", "4"]) == "124")
        #expect(text(["Tab", "4"]) == "4")
    }

    @Test("pasted line feeds become blanks and control characters vanish")
    func paste() {
        var editor = LineEditor("a")
        editor.insert("b\nc\u{1B}d")
        #expect(editor.text == "ab cd")
    }

    @Test("a text longer than its field scrolls so that the cursor is seen")
    func scrolling() {
        var frame = Frame(size: Size(width: 5, height: 1))
        let cursor = LineEditor("abcdefgh").draw(in: frame.bounds, style: .plain, on: &frame)
        #expect(frame.picture == "efgh")
        #expect(cursor == Point(x: 4, y: 0))
    }
}
