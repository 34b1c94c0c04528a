import Testing
import TextUI

@Suite("ANSIText")
struct ANSITextTests {
    @Test("colours and attributes become styles")
    func colors() {
        let text = ANSIText.parse("\u{1B}[1;31mERROR\u{1B}[0m no \u{1B}[38;5;208mhost\u{1B}[38;2;1;2;3m!")
        #expect(text.plain == "ERROR no host!")
        #expect(text.runs.map(\.style.foreground) == [.indexed(1), .terminal, .indexed(208), .rgb(1, 2, 3)])
        #expect(text.runs[0].style.attributes == .bold)
    }

    @Test(
        "every other sequence is shown, not obeyed",
        arguments: ["\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{1B}[31", "\u{1B}", "\u{1B}[999999999999999999999999999999999999999m"]
    )
    func others(sequence: String) {
        #expect(ANSIText.parse("a\(sequence)b").plain.hasPrefix("a␛"))
    }

    @Test("colours that are none change nothing", arguments: ["\u{1B}[38;5m", "\u{1B}[38;5;999m", "\u{1B}[38;2;1m", "\u{1B}[;m"])
    func nonsense(sequence: String) {
        #expect(ANSIText.parse("a\(sequence)b").runs.allSatisfy { $0.style == .plain })
    }
}
