import Testing
import TextUI

@testable import Explorer

@Suite("Splits and tabs")
struct SplitScreenTests {
    @Test("two views stand side by side, Tab goes to the other, z shows one alone")
    func split() throws {
        let (left, right) = (WordScreen("left"), WordScreen("right"))
        let shell = try TestShell.make(screen: SplitScreen(left, right, axis: .horizontal))
        #expect(left.isStarted && right.isStarted)
        #expect(shell.picture(width: 60, height: 10).contains("left                          right"))
        shell.press("w")
        #expect(right.performed == ["word.say"] && left.performed.isEmpty)
        shell.press("Tab", "w")
        #expect(left.performed == ["word.say"])
        shell.press("z")
        #expect(!shell.picture(width: 60, height: 10).split(separator: "\n")[1].contains("right"))
        shell.press("Esc")
        #expect(shell.picture(width: 60, height: 10).contains("right"))
    }

    @Test("a click goes to the view under it, which has the keys from then on")
    func mouse() throws {
        let (left, right) = (WordScreen("left"), WordScreen("right"))
        let split = SplitScreen(left, right, axis: .horizontal)
        let shell = try TestShell.make(screen: split)
        _ = shell.picture(width: 60, height: 10)
        shell.compositor.handle(.mouse(MouseEvent(.click, at: Point(x: 3, y: 4))))
        #expect(split.focus == 0)
        #expect(left.mouse == [Point(x: 3, y: 4)] && right.mouse.isEmpty)
        shell.compositor.handle(.mouse(MouseEvent(.scrollDown, at: Point(x: 50, y: 4))))
        #expect(split.focus == 0 && right.mouse == [Point(x: 50, y: 4)])
        shell.press("z")
        _ = shell.picture(width: 60, height: 10)
        shell.compositor.handle(.mouse(MouseEvent(.click, at: Point(x: 50, y: 4))))
        #expect(split.focus == 0 && left.mouse.count == 2)
    }

    @Test("a command opens its view beside the visible one, and Esc leaves both")
    func command() throws {
        let shell = try TestShell.make(screen: WordScreen("first"))
        shell.push(WordScreen("second"))
        shell.run(command: "split contexts")
        #expect(shell.screen?.title == "second | contexts")
        shell.press("Esc")
        #expect(shell.screen?.title == "first")
    }

    @Test("tabs keep their own screens; the last one stays")
    func tabs() throws {
        let shell = try TestShell.make(screen: WordScreen("first"))
        shell.run(command: "tab contexts")
        #expect(shell.screen?.title == "contexts")
        #expect(shell.picture(width: 80).hasPrefix("  1 first   2 contexts  "))
        shell.press("Alt-b")
        #expect(shell.screen?.title == "first")
        shell.press("Alt-n", "Alt-w")
        #expect(shell.tabs.count == 1 && shell.screen?.title == "first")
        shell.press("Alt-w")
        #expect(shell.flash?.text == "This is the only tab")
    }
}
