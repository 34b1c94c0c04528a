import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite(.timeLimit(.minutes(1))) struct TableScreenTests {
    /// The shop's cluster with the table that a command opens.
    private func open(_ command: String) async throws -> (ShopCluster, TableModel) {
        let cluster = try ShopCluster()
        cluster.shell.run(command: command)
        let screen = try #require(cluster.shell.screen as? TableScreen)
        await cluster.settle([screen.model])
        return (cluster, screen.model)
    }

    private func names(_ model: TableModel) -> [String] { model.snapshot.rows.map(\.key.name) }

    @Test("a key typed in one breath with a filter acts on what the filter leaves")
    func burst() async throws {
        let (cluster, model) = try await open("pods all")
        _ = cluster.picture(80, 24)
        let keys = "/db-0".unicodeScalars.map { KeyPress.character($0) } + ["Enter", "Space"]
        for key in keys { cluster.shell.receive(.key(key)) }
        await cluster.settle([model])
        #expect(model.targets.map(\.name) == ["db-0"])
        #expect(model.hiddenMarks.isEmpty)
    }

    @Test("all namespaces show theirs, the row under the cursor and failing ones are marked, columns that do not fit give way")
    func all() async throws {
        let (cluster, _) = try await open("pods all")
        #expect(
            cluster.picture(80, 24) == """
                 ⎈ demo  ns:all  v1.36.2  nodes 5/6  cpu n/a  mem n/a  1 shop  ● live  08:00:00
                ┌ Pods(all)[4] · 1 failing ────────────────────────────────────────────────────┐
                │  NAMESPACE     NAME                 READY   STATUS             RESTARTS   AGE›
                │▸ kube-system   coredns-5b8          1/1     Running                   0   30d│
                │  shop          cart-6c5d8-9wq2z     1/1     Running                   0    3d│
                │ ✗shop          checkout-7d9f4-x2k   0/1     CrashLoopBackOff         14    9m│
                │  shop          db-0                 0/1     Pending                   0    9m│
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                └──────────────────────────────────────────────────────────────────────────────┘
                  pods
                 ↵ open  l logs  d describe  y yaml  : command  / filter  ? help  w why
                """)
    }

    @Test("the row for all namespaces says why it can't be described")
    func allNamespaces() async throws {
        let shop = #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop","uid":"1"},"status":{"phase":"Active"}}"#
        let cluster = try ShopCluster(["namespaces": [shop]])
        cluster.shell.run(command: "namespaces")
        let model = try #require(cluster.shell.screen as? TableScreen).model
        await cluster.settle([model])
        await cluster.press("g", "d")
        #expect(model.selectedRow?.key.name == "all")
        #expect(cluster.shell.flash?.text == "all stands for every namespace: select one of them")
        let (other, _) = try await open("jobs")
        await other.press("d")
        #expect(other.shell.flash?.text == "There are no jobs to choose from")
    }

    @Test("the status of nodes is whole where the pods on them are counted")
    func nodes() async throws {
        let cluster = try ShopCluster([
            "nodes": [ShopCluster.node("ip-10-0-1-12.eu-central-1.compute.internal.example.org", isReady: false)]
        ])
        cluster.shell.run(command: "nodes")
        let model = try #require(cluster.shell.screen as? TableScreen).model
        await cluster.settle([model])
        let picture = cluster.picture(60, 24)
        #expect(picture.contains("NotReady"))
        #expect(picture.contains("PODS"))
    }

    @Test("a namespace that there is not is told from an empty one")
    func missingNamespace() async throws {
        let cluster = try ShopCluster()
        let model = TableModel(cluster.shell.podResource, namespaces: .only(["shpo"]), shell: cluster.shell)
        cluster.shell.push(TableScreen(model, shell: cluster.shell))
        await cluster.settle([model])
        #expect(cluster.picture(80, 24).contains("There is no namespace shpo"))
        let (other, _) = try await open("pods default")
        #expect(other.picture(80, 24).contains("No pods here"))
    }

    @Test(
        "a command about a namespace that there is not changes nothing",
        arguments: ["pods shpo", "ns shpo", "pods shop,shpo", "overview shpo"])
    func misspelt(command: String) async throws {
        let (cluster, _) = try await open("pods default")
        let session = cluster.shell.session
        let favourites = session.favourites
        cluster.shell.run(command: command)
        #expect(cluster.shell.flash == Flash(.error, "There is no namespace shpo"))
        #expect(session.namespaces == .only(["default"]) && session.favourites == favourites && cluster.shell.screens.count == 1)
        #expect(cluster.shell.commandHistory.entries == ["pods default"], "what was refused is not remembered")
        session.connection = .lost(since: ShopCluster.now, reason: "it is away")
        cluster.shell.run(command: "pods shpo")
        #expect(session.namespaces == .only(["shpo"]), "whose namespaces are not known is believed")
    }

    @Test("a favourite that turns out not to be there goes")
    func staleFavourite() throws {
        var favourites = FavouriteNamespaces()
        for name in ["shop", "shpo"] { favourites.visit(name) }
        favourites.forget(allBut: ["default", "shop"])
        #expect(favourites.names == ["shop"])
    }

    @Test("the wide form begins and ends with its first columns, wherever it was scrolled to")
    func wide() async throws {
        let (cluster, model) = try await open("pods all")
        await cluster.press(.control("w"), KeyPress(.right), KeyPress(.right))
        #expect(model.columnOffset == 2)
        await cluster.press(.control("w"))
        #expect(cluster.picture(80, 24).contains("READY   STATUS"))
    }

    @Test("names keep their width where columns are scrolled, as long as there is room for one beside them")
    func scrolledNames() async throws {
        let long = "ledger-reconciliation-worker-7d9f4c8b5-"
        let pods = ["x2k4z", "9wq2m"].map { ShopCluster.pod(long + $0, ready: true, age: 60) }
        let cluster = try ShopCluster(["pods": pods + [ShopCluster.pod(String(repeating: "x", count: 200), age: 60)]])
        cluster.shell.run(command: "pods all")
        await cluster.settle([try #require(cluster.shell.screen as? TableScreen).model])
        await cluster.press(.control("w"), KeyPress(.right), KeyPress(.right))
        let picture = cluster.picture(80, 24)
        #expect(picture.contains(long + "x2k4z ") && picture.contains(long + "9wq2m "))
        #expect(picture.contains("xx… ") && picture.contains("RESTARTS"))
    }

    @Test("a table that can't be kept up to date says why, as long as the header doesn't")
    func stale() async throws {
        let cluster = try ShopCluster()
        let pod = KubernetesObject(compactJSON: Array(ShopCluster.pod("db-0", age: 60).utf8)).parsed()
        let error = ClientError(.list, cause: .notUnderstood("something else than objects is in the list"))
        cluster.shell.session.reflect = { _ in
            ReflectorStream([[.restarting, .initial(pod), .ready(resourceVersion: "7"), .degraded(error, retryIn: .seconds(1))]])
        }
        cluster.shell.run(command: "pods")
        let model = try #require(cluster.shell.screen as? TableScreen).model
        await until(in: cluster.shell) { model.snapshot.rows.count == 1 && model.snapshot.state != .live }
        let reason = "stale for 0s: \(error)"
        #expect(cluster.picture(160, 24).contains(reason))
        #expect(cluster.picture(80, 24).contains("stale for 0s: Can't list"))
        cluster.shell.session.connection = .lost(since: ShopCluster.now, reason: "it is away")
        #expect(!cluster.picture(160, 24).contains(reason))
    }

    @Test("the cursor hides no sign of failure")
    func failingRowUnderCursor() async throws {
        let (cluster, _) = try await open("pods all")
        await cluster.press("Down", "Down")
        #expect(cluster.picture(80, 24).contains("│▸✗shop          checkout-7d9f4-x2k "))
    }

    @Test("an answer that was asked for before a key was pressed doesn't take the cursor back")
    func cursorGoesOn() async throws {
        let (cluster, model) = try await open("pods all")
        for _ in 0..<20 {
            await cluster.press("g")
            model.refresh()
            // The table is being asked now.
            await Task.yield()
            await cluster.press("Down")
            #expect(model.selectedRow?.key.name == "cart-6c5d8-9wq2z")
        }
    }

    @Test("Esc brings back the namespace in force when the older view was opened")
    func namespaceOfOlderView() async throws {
        let (cluster, _) = try await open("pods all")
        cluster.shell.run(command: "pods kube-system")
        #expect(cluster.shell.session.namespaces == .only(["kube-system"]))
        await cluster.press("Esc")
        #expect(cluster.shell.session.namespaces == .all)
    }

    @Test(
        "a title has the plural name with the capitals of the kind",
        arguments: [
            ("pods", "Pods"), ("configmaps", "ConfigMaps"), ("networkpolicies", "NetworkPolicies"), ("endpoints", "Endpoints"),
            ("customresourcedefinitions", "CustomResourceDefinitions"),
        ])
    func titles(name: String, title: String) throws {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: name))
        #expect(TableTitle.name(of: resource) == title)
    }

    @Test("a filter applies while it is typed")
    func filter() async throws {
        let (cluster, _) = try await open("pods all")
        await cluster.type("/core")
        #expect(
            cluster.picture(80, 24) == """
                 ⎈ demo  ns:all  v1.36.2  nodes 5/6  cpu n/a  mem n/a  1 shop  ● live  08:00:00
                ┌ Pods(all)[1/4] /core ────────────────────────────────────────────────────────┐
                │  NAMESPACE   NAME        READY STATUS  RESTARTS IP       NODE         AGE    │
                │▸ kube-system coredns-5b8 1/1   Running        0 10.1.0.7 ip-10-0-1-12 30d    │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                │                                                                              │
                └──────────────────────────────────────────────────────────────────────────────┘
                  pods
                 /core
                """)
    }

    @Test(
        "a command names the namespace, a filter and labels in any order",
        arguments: [
            ("po kube-system", ["coredns-5b8"]), ("pods /cart|db", ["cart-6c5d8-9wq2z", "db-0"]),
            ("pod !shop", ["coredns-5b8"]), ("pods shop,kube-system /!c", ["db-0"]),
        ])
    func commands(command: String, expected: [String]) async throws {
        let (_, model) = try await open(command)
        #expect(names(model) == expected)
    }

    @Test("a name that is no resource is told, and nothing opens")
    func unknown() throws {
        let cluster = try ShopCluster()
        cluster.shell.run(command: "nonsense")
        #expect(cluster.shell.screens.isEmpty)
        #expect(cluster.shell.flash == Flash(.error, "Unknown command or resource: nonsense"))
    }

    @Test("K9s's keys sort, and the cursor follows its object")
    func sorting() async throws {
        let (cluster, model) = try await open("pods all")
        await cluster.press("Down", "Shift-A")
        #expect(names(model) == ["checkout-7d9f4-x2k", "db-0", "cart-6c5d8-9wq2z", "coredns-5b8"])
        #expect(model.selectedRow?.key.name == "cart-6c5d8-9wq2z")
        await cluster.press("Shift-A")
        #expect(names(model).first == "coredns-5b8")
        await cluster.press("Shift-Right", "Shift-Right", "Shift-O")
        #expect(model.query.sort?.column == model.chosenColumn)
    }

    @Test("Ctrl-Z shows faults only, Esc everything again")
    func faults() async throws {
        let (cluster, model) = try await open("pods all")
        await cluster.press("Ctrl-Z")
        #expect(names(model) == ["checkout-7d9f4-x2k"])
        await cluster.press("Esc")
        #expect(names(model).count == 4)
    }

    @Test("marks gather objects for what is done next, one by one, by range and all at once")
    func marks() async throws {
        let (cluster, model) = try await open("pods all")
        await cluster.press("Space")
        #expect(model.targets.map(\.name) == ["coredns-5b8"])
        #expect(model.position.selected == 0)
        await cluster.press("Down", "Down", "Ctrl-Space")
        #expect(model.targets.map(\.name) == ["coredns-5b8", "cart-6c5d8-9wq2z", "checkout-7d9f4-x2k"])
        await cluster.press("*")
        #expect(model.targets.count == 4)
        await cluster.press("Esc")
        #expect(model.targets.map(\.name) == ["checkout-7d9f4-x2k"])
    }

    @Test(
        "Enter goes deeper: from a deployment, a service, a node or a namespace to the pods behind it",
        arguments: [
            ("deployments", "app=cart", nil), ("services", "app=cart", nil), ("nodes", nil, "spec.nodeName=ip-10-0-1-12"),
        ] as [(String, String?, String?)])
    func deeper(resource: String, labels: String?, field: String?) async throws {
        let (cluster, _) = try await open(resource)
        await cluster.press("Enter")
        let screen = try #require(cluster.shell.screen as? TableScreen)
        #expect(screen.model.resource.name == "pods")
        #expect(screen.model.scope.labelSelector == labels)
        #expect(screen.model.scope.fieldSelector == field)
        await cluster.press("Esc")
        #expect((cluster.shell.screen as? TableScreen)?.model.resource.name == resource)
    }

    @Test("digits change the namespace in place")
    func namespaces() async throws {
        let (cluster, _) = try await open("pods")
        await cluster.press("0")
        var screen = try #require(cluster.shell.screen as? TableScreen)
        await cluster.settle([screen.model])
        #expect(screen.model.snapshot.rows.count == 4)
        await cluster.press("1")
        screen = try #require(cluster.shell.screen as? TableScreen)
        await cluster.settle([screen.model])
        #expect(screen.model.snapshot.rows.count == 3)
        #expect(cluster.shell.screens.count == 1)
        #expect(cluster.shell.session.namespaces == .only(["shop"]))
    }

    @Test("control characters of a cluster never reach the screen")
    func untrusted() async throws {
        let evil = """
            {"apiVersion":"v1","kind":"Pod","metadata":{\(ShopCluster.metadata("x", age: 60))},
             "status":{"phase":"Running","reason":"\\u001b[31mred"}}
            """
        let cluster = try ShopCluster(["pods": [evil]])
        cluster.shell.run(command: "pods")
        let screen = try #require(cluster.shell.screen as? TableScreen)
        await cluster.settle([screen.model])
        #expect(cluster.picture(80, 24).contains("␛[31mred"))
    }

    @Test("what is marked and hidden by a filter is counted in the title, and named in the question")
    func hiddenMarks() async throws {
        let (cluster, _) = try await open("pods all")
        await cluster.press("*")
        await cluster.type("/core")
        await cluster.press("Enter")
        #expect(cluster.picture(100, 24).contains("Pods(all)[1/4] · 4 marked, 3 hidden /core"))
        await cluster.press("Ctrl-D")
        let question = "4 are marked, 3 of them hidden by the filter: cart-6c5d8-9wq2z, checkout-7d9f4-x2k, db-0"
        #expect(cluster.picture(120, 30).contains(question))
    }

    @Test("one very long name leaves other columns their room, Ctrl-W shows it in full, and a sign tells of columns that gave way")
    func longName() async throws {
        let name = String(repeating: "n", count: 90)
        let cluster = try ShopCluster(["pods": [ShopCluster.pod(name, ready: true, age: 60), ShopCluster.pod("web", ready: true, age: 60)]])
        cluster.shell.run(command: "pods shop")
        let model = try #require(cluster.shell.screen as? TableScreen).model
        await cluster.settle([model])
        func heading(_ width: Int) -> Substring { cluster.picture(width, 24).split(separator: "\n")[2] }
        #expect(heading(120).contains("STATUS") && heading(120).contains(" IP ") && heading(120).contains("NODE"))
        #expect(!heading(120).hasSuffix("›"))
        #expect(!heading(70).contains(" IP ") && heading(70).contains("AGE") && heading(70).hasSuffix("›"))
        #expect(!cluster.picture(120, 24).contains(name) && cluster.picture(200, 24).contains(name))
        await cluster.press(.control("w"))
        #expect(cluster.picture(120, 24).contains(name))
        await cluster.press("Right")
        #expect(heading(120).contains("STATUS"))
    }

    @Test("Shift-J goes to the owner's row among its kind")
    func owner() async throws {
        func set(_ name: String) -> String {
            #"{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{\#(ShopCluster.metadata(name, age: 60))},"spec":{"replicas":1}}"#
        }
        let pod = ShopCluster.pod("cart-1", ready: true, age: 60).replacing(
            #""name":"cart-1","#,
            with:
                #""name":"cart-1","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"cart","uid":"cart","controller":true}],"#
        )
        let cluster = try ShopCluster(["pods": [pod], "replicasets": [set("aaa"), set("cart"), set("zzz")]])
        cluster.shell.run(command: "pods shop")
        await cluster.settle([try #require(cluster.shell.screen as? TableScreen).model])
        await cluster.press("Shift-J")
        let model = try #require(cluster.shell.screen as? TableScreen).model
        await cluster.settle([model])
        #expect(model.resource.name == "replicasets" && model.selectedRow?.key.name == "cart")
    }

    @Test("a word that can be no namespace is refused")
    func noNamespace() async throws {
        let (cluster, _) = try await open("pods default")
        cluster.shell.run(command: "pods shop,B_d")
        #expect(cluster.shell.flash?.text.hasPrefix("shop,B_d is no namespace") == true && cluster.shell.screens.count == 1)
        #expect(NamespaceChoice("!shop,!bad") == .except(["shop", "bad"]))
    }

    @Test("the row under the cursor shows its mark")
    func markUnderCursor() async throws {
        let (cluster, model) = try await open("pods all")
        await cluster.press("Space")
        #expect(model.position.selected == 0)
        #expect(cluster.picture(80, 24).contains("│* kube-system   coredns-5b8"))
    }

    @Test("namespaces begin with all of them, which can be opened and nothing else; favourites and the one in force have signs")
    func namespaceSigns() async throws {
        let namespaces = ["kube-system", "shop"].map { name in
            #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(name)","uid":"\#(name)"},"status":{"phase":"Active"}}"#
        }
        let cluster = try ShopCluster(["namespaces": namespaces])
        cluster.shell.run(command: "pods shop")
        cluster.shell.run(command: "namespaces")
        let model = try #require((cluster.shell.screen as? TableScreen)?.model)
        await cluster.settle([model])
        let picture = cluster.picture(80, 24)
        #expect(picture.contains("│▸ all") && picture.contains("  kube-system ") && picture.contains("  shop+(*)"))
        let keys = picture.split(separator: "\n").filter { $0.contains("Active") }.map { $0.split(separator: " ").dropLast().last ?? "" }
        #expect(picture.contains(" KEY") && keys == ["3", "1"], "\(picture)")
        #expect(cluster.picture(120, 24).split(separator: "\n")[0].contains("mem n/a  1 shop  2 default  3 kube-system"))
        cluster.shell.session.namespaceNames = ["a-rather-long-one", "b", "shop"]
        #expect(cluster.picture(90, 24).split(separator: "\n")[0].contains("1 shop   "), "none is left out between two")
        #expect(model.snapshot.rows.count == 3 && model.snapshot.counts.total == 2)
        #expect(model.targets.isEmpty)
        await cluster.press("*")
        #expect(model.targets.map(\.name) == ["kube-system", "shop"])
        await cluster.press("Esc", "g", "Enter")
        #expect(cluster.shell.session.namespaces == .all && (cluster.shell.screen as? TableScreen)?.model.resource.name == "pods")
    }

    @Test("Services tell how many of their endpoints are ready, and those without any are faults")
    func endpoints() async throws {
        let (cluster, model) = try await open("services")
        await until { model.snapshot.counts.faults != 0 }
        #expect(cluster.picture(100, 24).contains("✗checkout"))
        await cluster.press("Ctrl-Z")
        #expect(names(model) == ["checkout"])
    }

    @Test("filters that were typed before are offered again, and apply as they are chosen")
    func filterHistory() async throws {
        let (cluster, model) = try await open("pods all")
        await cluster.type("/db")
        await cluster.press("Enter", "Esc")
        #expect(names(model).count == 4)
        await cluster.type("/")
        await cluster.press("Down")
        #expect(names(model) == ["db-0"])
        await cluster.press("Esc")
        #expect(names(model).count == 4)
    }
}
