import TextUI
import Testing

@testable import Explorer

@Suite("Confirmation dialog")
struct ConfirmationTests {
    @Test("on a small screen what is long scrolls, and the buttons keep a line of their own")
    func long() throws {
        let shell = try TestShell.make()
        let question = ConfirmationLayer.Question(
            title: "Fix", text: ["Repair it."], details: (1...20).map { StyledText("+ line \($0)") }, requests: ["PATCH /api/v1/x"], verb: "Fix"
        )
        shell.compositor.push(ConfirmationLayer(question, shell: shell) { _ in })
        let picture = shell.picture(width: 80, height: 12)
        #expect(picture.contains(" Cancel    Fix "))
        #expect(picture.contains("↑↓ scroll"))
        #expect(!picture.contains("line 20"))
        shell.press("PgDn", "PgDn", "PgDn", "PgDn")
        #expect(shell.picture(width: 80, height: 12).contains("PATCH /api/v1/x"))
        #expect(shell.picture(width: 80, height: 12).contains(" Cancel    Fix "))
    }

    @Test("a pasted text goes into the field, on one line; where there is none it presses no keys")
    func paste() throws {
        let shell = try TestShell.make()
        var question = ConfirmationLayer.Question(title: "Set image", text: ["Set it."], requests: [], verb: "Set")
        question.field = ("Image", "")
        var given: String?
        shell.compositor.push(ConfirmationLayer(question, shell: shell) { given = $0 })
        shell.compositor.handle(.paste("web:2\n"))
        shell.press("Enter")
        #expect(given == "web:2 ")
        question.field = nil
        given = nil
        shell.compositor.push(ConfirmationLayer(question, shell: shell) { given = $0 })
        shell.compositor.handle(.paste("y\n"))
        #expect(given == nil)
        #expect(shell.compositor.count == 2)
    }

    @Test("Esc and a command's colon that come together close the dialog and open the prompt")
    func together() throws {
        let shell = try TestShell.make()
        let question = ConfirmationLayer.Question(title: "Fix", text: ["Repair it."], requests: [], verb: "Fix")
        shell.compositor.push(ConfirmationLayer(question, shell: shell) { _ in })
        shell.press("Alt-:")
        #expect(shell.compositor.top is PromptLayer)
        #expect(shell.compositor.count == 2)
    }
}
