import KubernetesModel
import Testing

@Suite("Text made safe to print")
struct VisibleTextTests {
    @Test(
        "what steers a terminal or the text around it is shown",
        arguments: [
            ("\u{1B}[2J", #"\u{1b}[2J"#), ("a\u{7F}\u{9B}2J", #"a\u{7f}\u{9b}2J"#), ("a\nb\tc", "a b c"),
            ("a\u{061C}b\u{200E}c\u{200F}", #"a\u{61c}b\u{200e}c\u{200f}"#), ("a\u{2028}b\u{2029}", #"a\u{2028}b\u{2029}"#),
            ("a\u{202E}b\u{2066}", #"a\u{202e}b\u{2066}"#),
        ])
    func steering(_ text: String, visible: String) {
        #expect(VisibleText.of(text) == visible)
    }

    @Test("text of any script stays as it is", arguments: ["", "pods", "größer 大 👩‍🚀", "שלום"])
    func plain(_ text: String) {
        #expect(VisibleText.of(text) == text)
    }
}
