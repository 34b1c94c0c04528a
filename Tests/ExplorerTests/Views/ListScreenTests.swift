import KubernetesClient
import KubernetesModel
import KubernetesSemantics
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
        await until(in: shell) { shell.picture(width: 60, height: 10).contains("apple") }
        return screen
    }

    @Test("when the list becomes shorter than the place of the cursor it stays on its row all the same")
    func shorter() async throws {
        let shell = try TestShell.make()
        var names = ["a", "b", "c", "d"]
        let screen = ListScreen("fruit", heading: "Fruit", shell: shell) { _ in
            .init(titles: ["NAME"], rows: names.map { .init(cells: [$0]) }, absence: "")
        }
        shell.push(screen)
        await until(in: shell) { shell.picture().contains("[4]") }
        shell.press("j", "j")
        names = ["c", "d"]
        screen.remake()
        await until(in: shell) { shell.picture().contains("[2]") }
        #expect(shell.picture().split(separator: "\n").contains { $0.contains("▸") && $0.contains("c") })
    }

    @Test("it scrolls sideways to columns that have no room, and no further")
    func sideways() async throws {
        let shell = try TestShell.make()
        let titles = ["NAME", "FIRST", "SECOND", "BINDING"]
        let cells = ["apple", String(repeating: "x", count: 30), String(repeating: "y", count: 30), "ClusterRoleBinding/readers"]
        shell.push(
            ListScreen("policy", heading: "Policy", shell: shell) { _ in .init(titles: titles, rows: [.init(cells: cells)], absence: "") })
        await until(in: shell) { shell.picture(width: 60).contains("apple") }
        #expect(!shell.picture(width: 60).contains("ClusterRoleBinding/readers"))
        for _ in 0..<5 { shell.press("Right") }
        #expect(shell.picture(width: 60).contains("apple") && shell.picture(width: 60).contains("ClusterRoleBinding/readers"))
        shell.press("Left", "Left")
        #expect(shell.picture(width: 60).contains("FIRST"))
    }

    @Test("the cursor stays on its row when others come before it")
    func cursor() async throws {
        let shell = try TestShell.make()
        var revisions = ["2", "1"]
        let screen = ListScreen("history", heading: "History", shell: shell) { _ in
            .init(titles: ["REVISION"], rows: revisions.map { .init(cells: [$0]) }, absence: "")
        }
        shell.push(screen)
        await until(in: shell) { shell.picture().contains("▸ 2") || shell.picture().contains("▸2") }
        shell.press("j")
        revisions = ["3", "2", "1"]
        screen.remake()
        await until(in: shell) { shell.picture().contains("[3]") }
        #expect(shell.picture().split(separator: "\n").contains { $0.contains("▸") && $0.contains("1") })
    }

    @Test("it is made anew after a change of what it is reminded by")
    func reminded() async throws {
        try await ServedShell.with { served in
            let roles = ReflectorScope(GroupVersionResource(group: "rbac.authorization.k8s.io", resource: "roles"), detail: .metadata)
            var made = 0
            let screen = ListScreen("can", heading: "You may", shell: served.shell, following: { _ in [] }, remindedBy: [roles]) { _ in
                made += 1
                return .init(titles: ["TIMES"], rows: [], absence: "Nothing")
            }
            served.shell.push(screen)
            await until { made != 0 }
            let before = made
            try await served.create([
                KubernetesObject([
                    "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": ["name": "reader", "namespace": "default"],
                    "rules": [],
                ])
            ])
            await until { made != before }
            served.shell.push(WordScreen())
        }
    }

    @Test("keys for a row that are pressed before the rows have come are told so")
    func early() async throws {
        let shell = try TestShell.make()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let roll = Binding("helm.rollback", "r", title: "roll back to it")
        let screen = ListScreen("history", heading: "History", bindings: [roll], shell: shell) { _ in
            for await _ in gate { break }
            return .init(titles: ["REVISION"], rows: [.init(cells: ["1"])], absence: "Its history is gone")
        }
        shell.push(screen)
        for key: KeyPress in ["Enter", "r"] {
            shell.clearReport()
            shell.press(key)
            #expect(shell.flash?.text == "The rows are still coming")
        }
        open.yield()
        await until { shell.picture(width: 60, height: 10).contains("REVISION") }
        shell.press("Enter")
        #expect(shell.flash?.text == "There is nothing behind it")
    }

    @Test("of many rows only those are made that are seen")
    func visible() {
        var made: [Int] = []
        let table = ListTable(titles: ["NAME"], count: 100_000) { index in
            made.append(index)
            return ["row \(index)"]
        }
        var list = ListPane()
        list.select(99_999, count: 100_000)
        var frame = Frame(size: Size(width: 30, height: 6))
        list.draw(table, theme: Theme(name: "plain", styles: [:]), in: frame.bounds, on: &frame)
        #expect(made == Array(99_995...99_999) && frame.picture.contains("▸row 99999"))
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

    @Test("in the lists of rights a row stands for the binding that gives them")
    func bindings() async throws {
        let api = #""apiVersion":"rbac.authorization.k8s.io/v1""#
        let role = """
            {\(api),"kind":"Role","metadata":{"name":"reader","namespace":"shop"},
             "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}
            """
        let binding = """
            {\(api),"kind":"RoleBinding","metadata":{"name":"readers","namespace":"shop"},
             "roleRef":{"kind":"Role","name":"reader"},"subjects":[{"kind":"User","name":"fred"}]}
            """
        let cluster = try ShopCluster(["roles": [role], "rolebindings": [binding]])
        for open in [{ $0.openPolicy(of: AccessSubject(.user, name: "fred")) }, { $0.openWhoMay("get", "pods") }] as [(Shell) -> Void] {
            open(cluster.shell)
            await until(in: cluster.shell) { cluster.shell.screen?.targets.isEmpty == false }
            #expect(
                cluster.shell.screen?.targets.map { "\($0.resource.name) \($0.namespace ?? "") \($0.name)" } == [
                    "rolebindings shop readers"
                ])
        }
    }
}
