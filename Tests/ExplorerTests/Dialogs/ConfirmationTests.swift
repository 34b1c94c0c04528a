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
}
