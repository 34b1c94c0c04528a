import Foundation
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite("Mouse", .timeLimit(.minutes(1)))
struct MouseTests {
    /// Clicks on the first place where a text stands, or turns the wheel there.
    private func mouse(_ kind: MouseEvent.Kind, _ text: String, in shell: Shell, size: Size = Size(width: 120, height: 30)) throws {
        let picture = shell.frame(size: size).picture.split(separator: "\n", omittingEmptySubsequences: false)
        let y = try #require(picture.firstIndex { $0.contains(text) })
        let line = picture[y]
        let before = try #require(line.range(of: text)).lowerBound
        shell.receive(.mouse(MouseEvent(kind, at: Point(x: line.distance(from: line.startIndex, to: before), y: y))))
    }

    private func cluster(_ command: String) async throws -> ShopCluster {
        let cluster = try ShopCluster()
        cluster.shell.run(command: command)
        if let table = cluster.shell.screen as? TableScreen { await cluster.settle([table.model]) }
        return cluster
    }

    @Test("a click selects a row of a table, a second opens it, one on a heading sorts")
    func tables() async throws {
        let cluster = try await cluster("pods shop")
        let model = try #require(cluster.shell.screen as? TableScreen).model
        try mouse(.click, "db-0", in: cluster.shell)
        #expect(model.selectedRow?.key.name == "db-0")
        try mouse(.click, "AGE", in: cluster.shell)
        #expect(model.query.sort?.column == "AGE")
        try mouse(.doubleClick, "checkout", in: cluster.shell)
        #expect(cluster.shell.screen?.title == "containers")
    }

    @Test("in lists a click selects and the wheel moves")
    func lists() async throws {
        let cluster = try await cluster("aliases")
        try mouse(.click, "configmaps", in: cluster.shell)
        let target = try #require(cluster.shell.screen as? AliasesScreen)
        #expect(cluster.picture(120, 30).split(separator: "\n").contains { $0.contains("▸") && $0.contains("configmaps") })
        try mouse(.scrollDown, "configmaps", in: cluster.shell)
        #expect(!cluster.picture(120, 30).split(separator: "\n").contains { $0.contains("▸") && $0.contains("configmaps") })
        #expect(cluster.shell.screen === target)
    }

    @Test("the wheel scrolls texts")
    func texts() throws {
        let text = (1...60).map { "line \($0)." }.joined(separator: "\n")
        let shell = try TestShell.make()
        shell.push(PlainTextScreen(title: "text", heading: "Text", text: text, shell: shell))
        try mouse(.scrollDown, "line 9.", in: shell)
        #expect(!shell.picture(height: 30).contains("line 3.") && shell.picture(height: 30).contains("line 4."))
    }

    @Test("a click on a pane of the overview goes there, and selects the row")
    func overview() async throws {
        let cluster = try ShopCluster()
        let overview = OverviewScreen(shell: cluster.shell)
        cluster.shell.push(overview)
        await cluster.settle([overview.tables.pods, overview.tables.nodes, overview.tables.services])
        try mouse(.click, "ip-10-0-2-40", in: cluster.shell, size: Size(width: 140, height: 40))
        #expect(overview.focus == .nodes)
        #expect(overview.targets.map(\.name) == ["ip-10-0-2-40"])
    }

    @Test("a click on a tab's name leads to it")
    func tabs() async throws {
        let cluster = try await cluster("pods shop")
        cluster.shell.openTab("aliases")
        try mouse(.click, "1 pods", in: cluster.shell)
        #expect(cluster.shell.currentTab == 0 && cluster.shell.screen?.title == "pods")
        try mouse(.click, "2 aliases", in: cluster.shell)
        #expect(cluster.shell.currentTab == 1)
    }

    @Test("a double click on a choice chooses once, and nothing in the list that it leads to")
    func doubleClickOnChoice() throws {
        let shell = try TestShell.make(screen: WordScreen())
        var answers: [String] = []
        func ask(_ choices: [String], then next: @escaping () -> Void) {
            let choices = choices.map { Choice(title: $0) }
            shell.compositor.push(
                ChoiceLayer(title: "Which?", choices: choices, shell: shell) {
                    answers.append(choices[$0].title)
                    next()
                })
        }
        ask(["one", "two"]) { ask(["uno", "due"]) {} }
        try mouse(.click, "one", in: shell)
        try mouse(.doubleClick, "uno", in: shell)
        #expect(answers == ["one"] && shell.compositor.count == 2)
    }

    @Test("dialogs are answered by clicks on their buttons and choices, and by nothing beside them")
    func dialogs() async throws {
        let shell = try TestShell.make()
        var answers: [String] = []
        func ask() {
            let question = ConfirmationLayer.Question(title: "Sure?", text: ["Do it?"], requests: [], verb: "Perform")
            let layer = ConfirmationLayer(question, shell: shell) { _ in answers.append("done") }
            layer.onCancel = { answers.append("not") }
            shell.compositor.push(layer)
        }
        ask()
        try mouse(.click, "Do it?", in: shell)
        try mouse(.click, " Perform ", in: shell)
        #expect(answers == [])
        try mouse(.click, " Perform ", in: shell)
        ask()
        try mouse(.click, "Cancel", in: shell)
        #expect(answers == ["done", "not"])
        let choices = ["one", "two", "three"].map { Choice(title: $0) }
        shell.compositor.push(ChoiceLayer(title: "Which?", choices: choices, shell: shell) { answers.append(choices[$0].title) })
        try mouse(.click, "two", in: shell)
        #expect(answers.last == "two" && shell.compositor.count == 1)
    }
}
