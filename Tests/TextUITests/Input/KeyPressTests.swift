import Testing
import TextUI

@Suite("KeyPress")
struct KeyPressTests {
    @Test(
        "a key reads back from its own text",
        arguments: [
            "a", "Shift-N", "Ctrl-A", "Alt-1", "Ctrl-Alt-Left", "Shift-Tab", "F12", "Esc", "Space", "Ctrl-Space", ":", "-", "Ctrl-\\",
            "Enter",
        ]
    )
    func roundTrip(text: String) {
        #expect(KeyPress(text)?.description == text)
    }

    @Test("Shift with a letter is the upper-case letter, Ctrl does not know case")
    func normalisation() {
        #expect(KeyPress("shift-n") == .character("N"))
        #expect(KeyPress("Ctrl-d") == KeyPress("ctrl-D"))
    }

    @Test("what names no key is refused", arguments: ["", "Foo", "Ctrl-", "F99", "Hyper-a"])
    func nonsense(text: String) {
        #expect(KeyPress(text) == nil)
    }
}
