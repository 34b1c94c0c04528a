import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite("Several clusters in one table", .timeLimit(.minutes(1)))
struct SeveralClustersTests {
    private let cluster: ShopCluster
    private let model: TableModel
    private let east = ShopCluster.session(
        "east",
        objects: [
            "pods": [
                ShopCluster.pod("cart-1", ready: true, age: 60), ShopCluster.pod("web-1", ready: true, age: 60),
            ]
        ])
    private let west = ShopCluster.session(
        "prod-west", guardLevel: .strict, objects: ["pods": [ShopCluster.pod("cart-1", waiting: "Error", age: 90)]])

    init() async throws {
        cluster = try ShopCluster()
        model = TableModel(
            try #require(ResourceCatalog.builtIn.resource(named: "pods")), of: [east, west], namespaces: .all, shell: cluster.shell)
        cluster.shell.push(TableScreen(model, shell: cluster.shell))
        // One of them is enough for a live table.
        await until { model.snapshot.rows.count >= 3 }
        await cluster.settle([model])
    }

    private var rows: [String] { model.snapshot.rows.map { "\($0.context ?? "-") \($0.key)" } }

    @Test("rows of the same name stand beside each other, each with its context, and are counted together")
    func merged() {
        #expect(rows == ["east shop/cart-1", "prod-west shop/cart-1", "east shop/web-1"])
        #expect(model.snapshot.counts == RowCounts(total: 3, shown: 3, faults: 1))
        let picture = cluster.picture(100, 20)
        #expect(picture.contains("Pods(all) @east,@prod-west[3] · 1 failing"))
        #expect(picture.contains("CONTEXT     NAMESPACE   NAME"))
    }

    @Test("the context stays where the namespace is the same for all")
    func oneNamespace() async throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let model = TableModel(pods, of: [east, west], namespaces: .only(["shop"]), shell: cluster.shell)
        cluster.shell.push(TableScreen(model, shell: cluster.shell))
        await until { model.snapshot.rows.count >= 3 }
        await cluster.settle([model])
        let titles = model.visibleColumns.map { model.snapshot.columns[$0].title }
        #expect(titles.prefix(2) == ["CONTEXT", "NAME"])
    }

    @Test("filters and sorting go across the clusters")
    func queries() async {
        await cluster.press("Shift-A")
        #expect(rows.last == "prod-west shop/cart-1")
        await cluster.press("Ctrl-Z")
        #expect(rows == ["prod-west shop/cart-1"])
        await cluster.press("Esc")
        await cluster.type("/east")
        #expect(rows.allSatisfy { $0.hasPrefix("east") } && rows.count == 2)
    }

    @Test("keys are about the cluster of the selected row, with its guard, and about the explored one again after Esc")
    func selection() async {
        _ = cluster.picture(80, 20)
        #expect(cluster.shell.session === east)
        await cluster.press("Down")
        let picture = cluster.picture(120, 20)
        #expect(cluster.shell.session === west)
        #expect(picture.contains("⎈ prod-west") && picture.contains("guarded"))
        cluster.shell.push(WordScreen())
        #expect(cluster.shell.session === west)
        await cluster.press("Esc")
        #expect(cluster.shell.session === cluster.shell.home)
    }

    @Test("a change goes to the cluster in which its object was seen, whatever is selected meanwhile")
    func writes() async {
        await cluster.press("Down")
        let target = model.targets[0]
        #expect(target.session === west)
        await cluster.press("Up")
        cluster.shell.confirm(
            [Write(target: target, request: "DELETE /x") { _ in nil }], verb: "Delete", done: "Deleted", text: [], isDestructive: true)
        // The guard of production asks for the name.
        let picture = cluster.picture(100, 24)
        #expect(picture.contains("Type cart-1: ") && picture.contains("In context prod-west"))
    }

    @Test("marks in several clusters are refused, marks in one are not")
    func marks() async {
        await cluster.press("Space")
        #expect(model.targets.count == 1 && model.session === east)
        await cluster.press("Down", "Space")
        #expect(model.targets.count == 2 && model.session == nil)
        #expect(
            cluster.shell.disabledReason(for: "object.delete") == "The marked pods are in several clusters: act on one cluster's at a time")
    }

    @Test("a cluster that is lost keeps its rows and says since when, and does not hide the other")
    func lost() async throws {
        let error = ClientError(.watch, cause: .refused(address: "127.0.0.1:1"))
        let gone = ShopCluster.session("gone", objects: [:])
        let pod = KubernetesObject(compactJSON: Array(ShopCluster.pod("old-1", age: 60).utf8)).parsed()
        gone.reflect = { _ in
            ReflectorStream([[.restarting, .initial(pod), .ready(resourceVersion: "7"), .degraded(error, retryIn: .seconds(1))]])
        }
        let model = TableModel(model.resource, of: [east, gone], namespaces: .all, shell: cluster.shell)
        cluster.shell.push(TableScreen(model, shell: cluster.shell))
        await until { model.states.count >= 2 && model.states[1].state != .loading(loaded: 0, total: nil) }
        await until { model.snapshot.rows.count >= 3 }
        #expect(model.snapshot.state == .live)
        #expect(cluster.picture(100, 20).contains("gone: stale for"))
    }

    @Test("a table of another cluster can be opened again by its command, which names the context")
    func command() {
        cluster.shell.openTable(model.resource, of: [west], namespaces: .only(["shop"]))
        #expect(cluster.shell.screen?.command == "pods shop @prod-west")
        cluster.shell.openTable(model.resource, of: [cluster.shell.home], namespaces: .only(["shop"]))
        #expect(cluster.shell.screen?.command == "pods shop")
    }
}
