import Testing
import TextUI

@testable import Explorer

@Suite("Lists", .timeLimit(.minutes(1)))
struct ListScreenTests {
    private func screen(_ shell: Shell) async -> ListScreen {
        let screen = ListScreen("fruit", heading: "Fruit(all)", shell: shell) { [unowned shell] _ in
            .init(
                titles: ["NAME", "COLOUR"],
                rows: [
                    .init(cells: ["apple", "red"]),
                    .init(cells: ["pear", "green"], role: .statusError, open: { shell.report(.info, "a pear") }),
                ],
                absence: "No fruit"
            )
        }
        shell.push(screen)
        while !shell.picture(width: 60, height: 10).contains("apple") { await Task.yield() }
        return screen
    }

    @Test("it shows its rows, and those that a filter admits")
    func filter() async throws {
        let shell = try TestShell.make()
        _ = await screen(shell)
        #expect(
            shell.picture(width: 60, height: 10).contains(
                """
                ┌ Fruit(all)[2] ───────────────────────────────────────────┐
                │ NAME    COLOUR                                           │
                │▸apple   red                                              │
                │ pear    green                                            │
                """))
        shell.press("/")
        shell.type("gre")
        #expect(shell.picture(width: 60, height: 10).contains("┌ Fruit(all)[1/2] /gre ─"))
        shell.press("Enter", "Enter")
        #expect(shell.flash?.text == "a pear")
    }
}
