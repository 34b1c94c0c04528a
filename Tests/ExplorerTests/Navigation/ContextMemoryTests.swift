import Foundation
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite("What is remembered of a context")
struct ContextMemoryTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-memory-\(UUID().uuidString)")
    private var environment: [String: String] { ["XDG_STATE_HOME": folder.path] }

    @Test("the overview's layout is remembered for each context, and one that can't be read is as at first")
    func layout() {
        defer { try? FileManager.default.removeItem(at: folder) }
        var layout = OverviewLayout()
        layout.resize(horizontally: 8, vertically: -12)
        layout.zoomed = .services
        ContextMemory(environment, context: "a/b").keep(layout.json, as: .overview)
        #expect(ContextMemory(environment, context: "a/b")[.overview].map(OverviewLayout.init) == layout)
        #expect(ContextMemory(environment, context: "other")[.overview] == nil)
        #expect(ContextMemory([:], context: "a/b")[.overview] == nil)
        let broken = OverviewLayout(["leftWidth": 900, "upperHeight": "x", "zoomed": 77])
        #expect(broken.zoomed == nil)
        #expect(broken.places(in: .init(x: 0, y: 0, width: 100, height: 40)).values.allSatisfy { !$0.isEmpty })
    }

    @Test("namespaces that one goes to become favourites: the newest first, those with a key keep it, nine at most")
    func favourites() {
        var favourites = FavouriteNamespaces()
        for name in ["a", "b", "a", "c"] { favourites.visit(name) }
        #expect(favourites.names == ["c", "b", "a"])
        favourites.chosen = ["shop", "b"]
        #expect(favourites.names == ["shop", "b", "c", "a"])
        favourites.visit("b")
        #expect(favourites.names == ["shop", "b", "c", "a"])
        for number in 1...12 { favourites.visit("n\(number)") }
        #expect(favourites.names.count == 9 && favourites.names[2] == "n12")
        #expect(FavouriteNamespaces(FavouriteNamespaces(favourites.json).json).json == favourites.json)
        favourites.isLocked = true
        favourites.visit("x")
        #expect(favourites.names == ["shop", "b"])
    }

    @Test("tabs and splits are written and read back; nonsense opens nothing")
    func views() {
        var views = RememberedViews()
        views.tabs = [
            .command("pods shop"),
            .split(.vertical, share: 30, .command("nodes"), .split(.horizontal, share: 60, .command("a"), .command("b"))),
        ]
        views.current = 1
        #expect(RememberedViews(views.json) == views && views.areArranged)
        #expect(RememberedViews(["tabs": [["split": [["command": "x"]]], 7], "current": 3]) == nil)
        #expect(RememberedViews(["tabs": [["command": "pods"]], "current": 9])?.current == 0)
    }

    @Test("what is arranged is opened again, a single view only where that is wanted")
    func reopening() throws {
        let shell = try TestShell.make(screen: WordScreen("home"))
        #expect(shell.openViews.tabs.isEmpty)
        shell.run(command: "contexts")
        #expect(shell.openViews == RememberedViews(["tabs": [["command": "contexts"]], "current": 0]))
        shell.run(command: "hsplit aliases")
        shell.run(command: "tab pulse")
        let views = shell.openViews
        #expect(views.tabs == [.split(.vertical, share: 50, .command("contexts"), .command("aliases")), .command("pulse")])
        #expect(views.current == 1)
    }

    @Test("views of custom resources wait until the server has told what it serves, and are not forgotten meanwhile")
    func customResources() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let cluster = try ShopCluster()
        var options = cluster.shell.options
        options.environment = environment
        let shell = Shell(session: cluster.shell.session, options: options, theme: cluster.shell.theme, now: cluster.shell.now)
        let session = shell.session
        session.serverVersion = nil
        var views = RememberedViews()
        views.tabs = [.command("gadgets"), .split(.vertical, share: 40, .command("widgets"), .command("pods")), .command("widgets shop")]
        views.current = 1
        shell.memory(of: session).keep(views.json, as: .views)
        shell.reopenViews()
        shell.openFirstScreen()
        shell.keepViews()
        #expect(shell.screen is OverviewScreen && shell.tabs.count == 1)
        #expect(RememberedViews(shell.memory(of: session)[.views]) == views)
        let custom = ["gadgets", "widgets"].map { name in
            APIResource(
                groupVersion: .init(group: "example.com", version: "v1"), name: name, kind: name, verbs: ["list"], isNamespaced: true)
        }
        session.catalog = ResourceCatalog(groupVersions: [], resources: ResourceCatalog.builtIn.resources + custom)
        session.serverVersion = "v1.36.2"
        shell.openAwaited()
        #expect(shell.tabs.count == 3 && shell.currentTab == 1 && shell.screen is SplitScreen)
        #expect(shell.tabs.map { $0.visits.last?.screen.title } == ["gadgets", "widgets / pods", "widgets"])
    }

    @Test("what was asked of one cluster is not opened in another")
    func awaited() throws {
        let shell = try ShopCluster().shell
        shell.session.serverVersion = nil
        shell.run(command: "widgets")
        #expect(shell.awaited != nil)
        shell.explore(ShopCluster.session("other", objects: [:]))
        #expect(shell.awaited == nil)
    }
}
