import Testing
import TextUI

@Suite("Wrapping")
struct WrappingTests {
    private func lines(_ text: String, _ width: Int, atWords: Bool) -> [String] {
        StyledText(text).wrapped(width, atWords: atWords).map(\.plain)
    }

    @Test("text is cut at its width, text to read at blanks")
    func cuts() {
        #expect(lines("one two three", 8, atWords: false) == ["one two ", "three"])
        #expect(lines("one two three", 9, atWords: true) == ["one two", "three"])
        #expect(lines("short", 9, atWords: true) == ["short"])
    }

    @Test("a word longer than the line is cut")
    func longWords() {
        #expect(lines("abcdefghij", 4, atWords: true) == ["abcd", "efgh", "ij"])
        #expect(lines("a bcdefghijklm", 8, atWords: true) == ["a bcdefg", "hijklm"])
    }

    @Test("looks stay with their characters")
    func styles() {
        let bold = Style(attributes: .bold)
        let lines = (StyledText("one ") + StyledText("two three", bold)).wrapped(8, atWords: true)
        #expect(lines == [StyledText("one ") + StyledText("two", bold), StyledText("three", bold)])
    }
}
