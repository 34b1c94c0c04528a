import Testing
import TextUI

@testable import Explorer

@Suite("Lists to choose from")
struct ChoiceTests {
    private func open(_ shell: Shell, selected: Int = 0, chosen: @escaping (Int) -> Void) {
        let choices = ["jackal", "kite", "lynx"].map { Choice(title: $0) }
        shell.compositor.push(ChoiceLayer(title: "Animals", choices: choices, selected: selected, shell: shell, onChoose: chosen))
    }

    @Test(
        "keys move as in tables, and a slash narrows",
        arguments: [(["j"], 1), (["j", "j", "k"], 1), (["G"], 2), (["G", "g"], 0), (["/", "k", "i"], 1), (["/", "x", "Esc", "j"], 2)])
    func keys(keys: [String], expected: Int) throws {
        let shell = try TestShell.make(screen: WordScreen())
        var chosen: Int?
        open(shell) { chosen = $0 }
        for key in keys { shell.press(try #require(KeyPress(key))) }
        shell.press("Enter")
        #expect(chosen == expected)
    }

    @Test("Esc ends the filter first, then the list")
    func escape() throws {
        let shell = try TestShell.make(screen: WordScreen())
        open(shell) { _ in }
        shell.press("/", "k", "Esc")
        #expect(shell.compositor.count == 2)
        #expect(shell.picture().contains("jackal"))
        shell.press("Esc")
        #expect(shell.compositor.count == 1)
    }

    @Test("it can begin further down")
    func selected() throws {
        let shell = try TestShell.make(screen: WordScreen())
        var chosen: Int?
        open(shell, selected: 1) { chosen = $0 }
        #expect(shell.picture().contains("▸ kite"))
        shell.press("Enter")
        #expect(chosen == 1)
    }

    @Test("pasted text narrows the list")
    func paste() throws {
        let shell = try TestShell.make(screen: WordScreen())
        open(shell) { _ in }
        shell.compositor.handle(.paste("ly"))
        #expect(!shell.picture().contains("kite"))
    }
}
