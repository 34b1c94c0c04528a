import Testing
import TextUI

@testable import Explorer

@Suite("Help")
struct HelpTests {
    @Test("it lists every key in force, and the same key closes it")
    func listing() throws {
        let shell = try TestShell.make(screen: WordScreen())
        shell.press("?")
        let picture = shell.picture(width: 80, height: 40)
        for binding in [Binding("word.say", "w", title: "say")] + GeneralActions.bindings {
            #expect(picture.contains(binding.title), "\(binding.action)")
        }
        shell.press("?")
        #expect(shell.screen is WordScreen)
    }

    @Test("the palette is narrowed by typing and does what is chosen")
    func palette() throws {
        let screen = WordScreen()
        let shell = try TestShell.make(screen: screen)
        shell.press("Ctrl-P")
        shell.type("say")
        shell.press("Enter")
        #expect(screen.performed == ["word.say"])
        #expect(shell.compositor.count == 1)
    }
}
