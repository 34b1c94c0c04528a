import Testing
import TextUI

@Suite("SafeText")
struct SafeTextTests {
    @Test("no control character of C0 or C1, no delete and no reordering survives")
    func nothingSurvives() {
        let controls = (Array(0..<32) + Array(127..<160) + [0x200E, 0x202A, 0x202E, 0x2066, 0x2069]).compactMap(Unicode.Scalar.init)
        for control in controls where control != "\t" {
            let safe = SafeText.line("a\(control)b")
            #expect(!safe.unicodeScalars.contains(control), "U+\(String(control.value, radix: 16))")
            #expect(TextWidth.of(safe) == 3)
        }
    }

    @Test("whatever is styled or drawn is safe, however it was made")
    func edges() {
        let evil = "a\u{1B}[2J\u{202E}b\tc"
        let safe = SafeText.line(evil)
        var text = StyledText(evil)
        text.append(evil)
        #expect((text + StyledText([.init(evil, .plain)])).plain == safe + safe + safe)
        #expect(StyledText(evil).width == TextWidth.of(safe) && TextWidth.truncated(evil, 80) == safe)
        var frame = Frame(size: Size(width: 20, height: 1))
        #expect(frame.write(evil, at: .zero) == TextWidth.of(safe))
        #expect(frame.picture.hasPrefix(safe))
    }

    @Test("tabs reach the next multiple of eight, after wide characters too")
    func tabs() {
        #expect(SafeText.line("ab\tc") == "ab      c")
        #expect(SafeText.line("日\tc") == "日      c")
    }

    @Test("lines end at a line feed, with or without a carriage return, and none is added at the end")
    func lines() {
        #expect(SafeText.lines("a\r\nb\n\nc\n") == ["a", "b", "", "c"])
        #expect(SafeText.lines("a\rb") == ["a␍b"])
        #expect(SafeText.lines("") == [])
    }
}
