import Testing
import TextUI

@Suite("TextWidth")
struct TextWidthTests {
    @Test(
        "each character takes the cells a terminal gives it",
        arguments: [("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("한", 2), ("😀", 2), ("⎈", 1), ("▸", 1), ("│", 1), ("\u{200B}", 0)]
    )
    func widths(text: String, width: Int) {
        #expect(TextWidth.of(text) == width)
    }

    @Test("a text too long for its place ends in an ellipsis and never exceeds it")
    func truncation() {
        #expect(TextWidth.truncated("checkout", 8) == "checkout")
        #expect(TextWidth.truncated("checkout", 5) == "chec…")
        #expect(TextWidth.truncated("日本語", 4) == "日…")
        #expect(TextWidth.truncated("x", 0) == "")
    }
}
