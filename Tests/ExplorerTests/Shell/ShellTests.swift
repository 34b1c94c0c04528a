import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Shell")
struct ShellTests {
    private static let pod = ResourceCatalog.builtIn.resource(named: "pods").map {
        ObjectTarget(resource: $0, namespace: "shop", name: "db-0")
    }

    @Test("header, screen, crumbs and the keys of the screen's objects stand around the screen")
    func around() throws {
        let pod = try #require(Self.pod)
        let shell = try TestShell.make(screen: WordScreen("pods", targets: [pod]))
        #expect(
            shell.picture(width: 100, height: 10) == """
                 ⎈ demo  ns:shop  v1.36.2  nodes 5/6  cpu n/a     ✗ data 90s old: the server refused the connection
                pods






                  pods
                 w say  l logs  d describe  y yaml  s shell  e edit  Ctrl-D delete  : command  / filter  ? help
                """)
    }

    @Test("of a cluster that never answered no age of data is told")
    func neverReached() throws {
        let shell = try TestShell.make(screen: WordScreen())
        shell.session.serverVersion = nil
        shell.session.nodes = nil
        #expect(shell.picture(width: 100).contains("✗ no data for 90s: the server refused the conne"))
    }

    @Test("the root cause takes the place of the crumbs and never leaves its line")
    func why() throws {
        let shell = try TestShell.make(screen: WordScreen())
        let cause = "db-0 can't be scheduled: its volume is bound to zone a, the only node there lacks 500m CPU"
        shell.whyWatch.show(TestShell.diagnosis(title: "Volume in another zone", cause: cause, victims: 3))
        let line = try #require(shell.picture(width: 60).split(separator: "\n").dropLast().last)
        #expect(line == " why  Volume in another zone: db-0 can't be …  → 3 affected")
    }

    @Test("a terminal too small shows one line and nothing else", arguments: [(39, 24), (80, 9), (20, 5), (1, 1)])
    func tooSmall(width: Int, height: Int) throws {
        let shell = try TestShell.make(screen: WordScreen())
        #expect(shell.picture(width: width, height: height).filter { $0 != "\n" } == "terminal too small".prefix(width))
    }

    @Test("while the terminal is too small keys do nothing but quit, to a dialog neither")
    func tooSmallForKeys() throws {
        let shell = try TestShell.make(screen: WordScreen("pods", targets: [try #require(Self.pod)]))
        var hasQuit = false
        shell.onQuit = { hasQuit = true }
        let (small, large) = (Size(width: 39, height: 24), Size(width: 80, height: 24))
        _ = shell.frame(size: small)
        shell.receive(.key("Ctrl-D"))
        #expect(shell.compositor.count == 1)
        _ = shell.frame(size: large)
        shell.receive(.key("Ctrl-D"))
        #expect(shell.compositor.count == 2)
        _ = shell.frame(size: small)
        for event in [.key("y"), .key("Esc"), .paste("y"), .mouse(MouseEvent(.click, at: .zero))] as [InputEvent] { shell.receive(event) }
        #expect(shell.compositor.count == 2 && shell.work.pending == 0)
        #expect(!hasQuit)
        shell.receive(.key("Ctrl-C"))
        #expect(hasQuit)
    }

    @Test("of what was typed before anything could be seen only commands act")
    func typedAhead() throws {
        let shell = try TestShell.make(screen: WordScreen("pods", targets: [try #require(Self.pod)]))
        shell.receive(.key("Ctrl-D"))
        #expect(shell.compositor.count == 1, "no frame was drawn yet")
        _ = shell.frame(size: Size(width: 80, height: 24))
        for key in ["Ctrl-D", "/", "x", ":", "a", "l", "i", "a", "s", "e", "s", "Enter", "Ctrl-D", "j"] as [KeyPress] {
            shell.receive(.key(key), wasSeen: false)
        }
        #expect(shell.screen?.title == "aliases" && shell.compositor.count == 1 && shell.screen?.filter == "")
        shell.receive(.key("Esc"))
        shell.receive(.key("Ctrl-D"))
        #expect(shell.compositor.count == 2, "what is seen can be acted on")
        shell.receive(.key("y"), wasSeen: false)
        shell.receive(.key(":"), wasSeen: false)
        #expect(shell.compositor.count == 2 && shell.work.pending == 0)
    }

    @Test("the visible screen alone is started")
    func lifeCycle() throws {
        let (first, second) = (WordScreen("first"), WordScreen("second"))
        let shell = try TestShell.make(screen: first)
        shell.push(second)
        #expect(!first.isStarted && second.isStarted)
        shell.press("Esc")
        #expect(first.isStarted && !second.isStarted)
        shell.press("Esc")
        #expect(first.isStarted, "the last screen stays")
    }

    @Test("a screen's own key wins and reaches the screen")
    func keys() throws {
        let screen = WordScreen()
        let shell = try TestShell.make(screen: screen)
        shell.press("w")
        #expect(screen.performed == ["word.say"])
    }

    @Test("an unknown command is named, and the next key takes the message away")
    func unknownCommand() throws {
        let shell = try TestShell.make(screen: WordScreen())
        shell.press(":")
        shell.type("nonsense")
        shell.press("Enter")
        #expect(shell.picture().hasSuffix("\n Unknown command or resource: nonsense"))
        shell.press("j")
        #expect(shell.flash == nil)
    }

    @Test("the filter is applied while it is typed, complained about, and Esc brings the old one back")
    func filter() throws {
        let screen = WordScreen()
        screen.filter = "old"
        let shell = try TestShell.make(screen: screen)
        shell.press("/", "Ctrl-U", "(")
        #expect(screen.filter == "(")
        #expect(shell.picture().hasSuffix("\n /(  not a regular expression"))
        shell.press("Esc")
        #expect(screen.filter == "old")
    }

    @Test("a read-only cluster says so instead of deleting")
    func readOnly() throws {
        let shell = try TestShell.make(guardLevel: .readOnly, screen: WordScreen(targets: [try #require(Self.pod)]))
        shell.press("Ctrl-D")
        #expect(shell.compositor.count == 1)
        #expect(shell.flash == Flash(.warning, "This cluster is opened read-only"))
    }

    @Test("deleting shows the request and Enter alone cancels")
    func delete() throws {
        let shell = try TestShell.make(screen: WordScreen(targets: [try #require(Self.pod)]))
        shell.press("Ctrl-D")
        let picture = shell.picture(height: 20)
        #expect(picture.contains("DELETE /api/v1/namespaces/shop/pods/db-0"))
        #expect(picture.contains("Delete pod shop/db-0?"))
        shell.press("Enter")
        #expect(shell.compositor.count == 1 && shell.work.pending == 0)
    }

    @Test("in a guarded context the name has to be typed first")
    func strict() throws {
        let shell = try TestShell.make(guardLevel: .strict, screen: WordScreen(targets: [try #require(Self.pod)]))
        shell.press("Ctrl-D")
        shell.type("db-")
        shell.press("Tab", "Enter")
        #expect(shell.compositor.count == 2, "an incomplete name deletes nothing")
        #expect(shell.picture(height: 20).contains("type db-0 to go on"))
        shell.press("Esc")
        #expect(shell.work.pending == 0)
    }

    @Test("a wrong name is told, and the question stays")
    func wrongName() throws {
        let shell = try TestShell.make(guardLevel: .strict, screen: WordScreen(targets: [try #require(Self.pod)]))
        shell.press("Ctrl-D")
        shell.type("db-1")
        shell.press("Enter")
        #expect(shell.compositor.count == 2 && shell.picture(height: 20).contains("type db-0 to go on"))
    }

    @Test("of a long way here the end is seen")
    func longWay() throws {
        let shell = try TestShell.make(screen: WordScreen("first"))
        for number in 1...30 { shell.push(WordScreen("view\(number)")) }
        let line = try #require(shell.picture().split(separator: "\n").dropLast().last)
        #expect(line.hasPrefix(" … ") && line.hasSuffix(" view30") && !line.contains("first"))
    }

    @Test("several objects are not changed at once in a guarded context")
    func bulk() throws {
        let pod = try #require(Self.pod)
        let shell = try TestShell.make(guardLevel: .strict, screen: WordScreen(targets: [pod, pod]))
        shell.press("Ctrl-D")
        #expect(shell.compositor.count == 1)
    }

    @Test("header and crumbs can be hidden, which gives their lines to the view")
    func toggles() throws {
        let shell = try TestShell.make(screen: WordScreen())
        #expect(shell.picture().contains("⎈ demo"))
        shell.press("Ctrl-E")
        #expect(shell.picture().hasPrefix("words"))
        shell.press("Ctrl-G")
        #expect(shell.picture().ranges(of: "words").count == 1)
        shell.press("Ctrl-E", "Ctrl-G")
        #expect(shell.picture().contains("⎈ demo") && shell.picture().ranges(of: "words").count == 2)
    }
}
