import Testing
import TextUI

@testable import Explorer

@Suite("CommandHistory")
struct CommandHistoryTests {
    @Test("back and forward move through what was given")
    func moving() {
        var history = CommandHistory()
        for command in ["pods", "svc", "svc", "nodes"] { history.record(command) }
        #expect(history.previous == "svc")
        #expect(history.back() == "svc")
        #expect(history.back() == "pods")
        #expect(history.back() == nil)
        #expect(history.forward() == "svc")
        #expect(history.forward() == "nodes")
        #expect(history.forward() == nil)
    }

    @Test("a command that is refused is not remembered, one that waits for the server is when it is run")
    func refused() throws {
        let shell = try TestShell.make(screen: WordScreen())
        for command in [
            "nonsense", "who", "can nobody", "apply", "dir /none/such", "find", "xray nodes", "ctx none", "theme none", "aliases",
        ] {
            shell.run(command: command)
        }
        #expect(shell.commandHistory.entries == ["aliases"])
        shell.session.serverVersion = nil
        shell.session.connection = .connecting
        shell.run(command: "widgets")
        shell.run(command: "pulse")
        #expect(shell.commandHistory.entries == ["aliases", "pulse"])
        shell.session.serverVersion = "v1.36.2"
        shell.openAwaited()
        #expect(shell.flash?.text == "Unknown command or resource: widgets")
        #expect(shell.commandHistory.entries == ["aliases", "pulse"])
    }

    @Test("an alias is repeated as what it stands for")
    func alias() throws {
        let shell = try TestShell.make(screen: WordScreen())
        shell.configuration.aliases = ["al": "aliases"]
        for command in ["al", "pulse"] { shell.run(command: command) }
        shell.press("[")
        #expect(shell.screen?.title == "aliases")
    }

    @Test("in the command's line the arrow up goes to the past, the latest first, and down comes back")
    func arrows() throws {
        let shell = try TestShell.make(screen: WordScreen())
        for command in ["aliases", "pulse"] { shell.run(command: command) }
        shell.press(":", "Up")
        #expect(shell.picture().split(separator: "\n").last?.contains("pulse") == true)
        shell.press("Up")
        #expect(shell.picture().split(separator: "\n").last?.contains("aliases") == true)
        shell.press("Down", "Enter")
        #expect(shell.screen?.title == "pulse")
    }

    @Test("what begins with a text is offered newest first, each but once, and not what is typed already")
    func suggestions() {
        var history = CommandHistory()
        for filter in ["web", "cart", "we", "web", "-f wb"] { history.record(filter) }
        #expect(history.entries(startingWith: "") == ["-f wb", "web", "we", "cart"])
        #expect(history.entries(startingWith: "we") == ["web"])
    }
}
