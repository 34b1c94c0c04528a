import Testing
import TextUI

@testable import Explorer

@Suite("Help", .timeLimit(.minutes(1)))
struct HelpTests {
    @Test("it lists every key in force, and the same key closes it")
    func listing() throws {
        let shell = try TestShell.make(screen: WordScreen())
        shell.press("?")
        let picture = shell.picture(width: 80, height: 40)
        for binding in shell.screens[0].bindings + GeneralActions.bindings where binding.action != "why" {
            #expect(picture.contains(binding.title), "\(binding.action)")
        }
        #expect(picture.ranges(of: "why").count == 1, "its key is the screen's own: only the help's own footer has it")
        shell.press("?")
        #expect(shell.screen is WordScreen)
    }

    @Test(
        "a pod table's help is all there on 120 columns and 40 lines, and on 80 by 24 a sign says that there is more",
        .timeLimit(.minutes(1)))
    func pods() async throws {
        let cluster = try ShopCluster()
        cluster.shell.run(command: "pods all")
        await cluster.settle([try #require(cluster.shell.screen as? TableScreen).model])
        let titles = cluster.shell.bindings.reachable.filter { !$0.keys.isEmpty }.map(\.title)
        await cluster.press("?")
        let picture = cluster.picture(120, 40)
        for title in titles { #expect(picture.contains(title)) }
        #expect(cluster.picture(80, 24).contains("▼ more"))
    }

    @Test("over a table without rows it lists what can be done to them all the same")
    func empty() async throws {
        let cluster = try ShopCluster()
        cluster.shell.run(command: "pods default")
        await cluster.settle([try #require(cluster.shell.screen as? TableScreen).model])
        await cluster.press("?")
        #expect(cluster.picture(120, 40).contains("logs of the previous run"))
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
