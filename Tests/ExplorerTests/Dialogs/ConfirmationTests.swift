import Testing
import TextUI

@testable import Explorer

@Suite("Confirmation dialog")
struct ConfirmationTests {
    @Test("on a small screen what is long scrolls, and the buttons keep a line of their own")
    func long() throws {
        let shell = try TestShell.make()
        let question = ConfirmationLayer.Question(
            title: "Fix", text: ["Repair it."], details: (1...20).map { StyledText("+ line \($0)") }, requests: ["PATCH /api/v1/x"],
            verb: "Fix"
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
        question.field = .init(label: "Image", text: "")
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

    @Test(
        "a namespace goes only when its name is typed, wherever its cluster is more than a toy",
        arguments: [
            (GuardLevel.confirm, true), (.strict, true), (.open, false),
        ])
    func namespace(level: GuardLevel, asks: Bool) throws {
        let shell = try TestShell.make(guardLevel: level)
        let target = ObjectTarget(resource: shell.session.builtIn("namespaces"), namespace: nil, name: "shop")
        DeleteAction.start([target], in: shell)
        #expect(shell.picture(height: 20).contains("Type shop:") == asks)
        #expect(shell.picture(height: 20).contains("All that is in it is deleted too."))
    }

    @Test("what is peculiar to one way of doing it is shown with that way only, and other ways are offered only where there are some")
    func variants() throws {
        let shell = try TestShell.make()
        var question = ConfirmationLayer.Question(title: "Sanitize", text: ["Delete pods?"], requests: [], verb: "Sanitize")
        question.variants = [.init(title: "Over", text: ["done"], requests: []), .init(title: "All", text: ["crashes"], requests: [])]
        shell.compositor.push(ConfirmationLayer(question, shell: shell) { _ in })
        #expect(shell.picture().contains("Ctrl-O"))
        #expect(shell.picture().contains("done") && !shell.picture().contains("crashes"))
        shell.press("Ctrl-O")
        #expect(shell.picture().contains("crashes") && !shell.picture().contains("done"))
        shell.press("Esc")
        question.variants.removeLast()
        shell.compositor.push(ConfirmationLayer(question, shell: shell) { _ in })
        #expect(shell.picture().contains("Over") && !shell.picture().contains("Ctrl-O"))
    }

    @Test("a form begins where something has to be typed, and goes on only when nothing is wrong with its fields")
    func form() throws {
        let shell = try TestShell.make()
        var submitted: [[String]] = []
        shell.compositor.push(
            FormLayer(
                title: "Copy", verb: "copies",
                fields: [.init(label: "Way", text: "down", choices: ["down", "up"]), .init(label: "From", text: "")],
                shell: shell, explanation: { ["tar \($0[0])"] }, validate: { $0[1].isEmpty ? "from where?" : nil },
                onSubmit: { submitted.append($1) }))
        shell.press("Enter")
        #expect(shell.picture().contains("from where?"))
        shell.type("/etc")
        shell.press("Tab", "Right")
        #expect(shell.picture().contains("tar up"))
        shell.press("Enter")
        #expect(submitted == [["up", "/etc"]])
    }

    @Test("a form that came to nothing is shown again as it was filled in, with the reason until something else is typed")
    func formAgain() throws {
        let shell = try TestShell.make()
        shell.compositor.push(
            FormLayer(
                title: "Copy", verb: "copies", fields: [.init(label: "From", text: "")], shell: shell, explanation: { _ in [] },
                validate: { _ in nil }, onSubmit: { form, _ in form.reopen(because: "there is no such file") }))
        shell.type("/etc")
        shell.press("Enter")
        #expect(shell.picture().contains("From: /etc") && shell.picture().contains("there is no such file"))
        shell.type("x")
        #expect(shell.picture().contains("From: /etcx") && !shell.picture().contains("there is no such file"))
        shell.press("Esc")
        #expect(shell.compositor.count == 1)
    }
}
