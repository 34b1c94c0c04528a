import Testing
import TextUI

@Suite("BorderBox")
struct BorderBoxTests {
    private func picture(_ width: Int, _ height: Int, title: String, note: String = "") -> String {
        var frame = Frame(size: Size(width: width, height: height))
        let note = note.isEmpty ? StyledText() : StyledText(note)
        BorderBox(title: StyledText(title), note: note).draw(in: frame.bounds, on: &frame)
        return frame.picture
    }

    @Test("title left and note right stand in the upper line")
    func titles() {
        #expect(
            picture(24, 3, title: "Pods 42", note: "live") == """
                ┌ Pods 42 ─────── live ┐
                │                      │
                └──────────────────────┘
                """)
    }

    @Test("a long note is cut to the room that the title leaves")
    func longNote() {
        #expect(
            picture(32, 2, title: "Pods 42", note: "stale for 5s: a long reason") == """
                ┌ Pods 42 ─ stale for 5s: a l… ┐
                └──────────────────────────────┘
                """)
    }

    @Test("a note without room is left out, a title without room is cut with a sign")
    func narrow() {
        #expect(picture(12, 2, title: "checkout-7d9f4", note: "live") == "┌ checkou… ┐\n└──────────┘")
    }

    @Test("it says what is left inside")
    func inside() {
        var frame = Frame(size: Size(width: 4, height: 4))
        #expect(BorderBox().draw(in: frame.bounds, on: &frame) == Rect(x: 1, y: 1, width: 2, height: 2))
        #expect(BorderBox().draw(in: Rect(x: 0, y: 0, width: 1, height: 1), on: &frame).isEmpty)
    }
}
