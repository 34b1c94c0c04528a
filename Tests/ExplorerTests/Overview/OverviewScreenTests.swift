import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite(.timeLimit(.minutes(1))) struct OverviewScreenTests {
    private func open() async throws -> (ShopCluster, OverviewScreen) {
        let cluster = try ShopCluster()
        let screen = OverviewScreen(shell: cluster.shell)
        screen.tables.logs.settle = { try await Task.sleep(for: .seconds(3600)) }
        cluster.shell.push(screen)
        let tables = screen.tables
        await cluster.settle([tables.pods, tables.nodes, tables.services, tables.events])
        await until { tables.podsByNode != nil && tables.services.snapshot.counts.faults != 0 }
        return (cluster, screen)
    }

    @Test("five panes show pods, nodes, services, and the logs and events of the selected pod")
    func panes() async throws {
        let (cluster, _) = try await open()
        #expect(
            cluster.picture(120, 30) == """
                 ⎈ demo  ns:shop  v1.36.2  nodes 5/6  cpu n/a  mem n/a  1 shop  2 default  3 kube-system               ● live  08:00:00
                ┌ Pods[3] · 1 failing ────────────────────────────────────────┐┌ Logs cart-6c5d8-9wq2z ────────────────────────────────┐
                │  NAME                 READY   STATUS             RST   AGE  ││                                                       │
                │▸ cart-6c5d8-9wq2z     1/1     Running              0    3d  ││                                                       │
                │ ✗checkout-7d9f4-x2k   0/1     CrashLoopBackOff    14    9m  ││                                                       │
                │  db-0                 0/1     Pending              0    9m  ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                │                                                             ││                                                       │
                └─────────────────────────────────────────────────────────────┘└───────────────────────────────────────────────────────┘
                ┌ Nodes[2] · 1 failing ────────┐┌ Services[2] · 1 failing ────┐┌ Events cart-6c5d8-9wq2z[1] ───────────────────────────┐
                │  NAME         STATUS   IN NS ││  NAME      CLUSTER-IP  READY││  SEEN↑   ×   TYPE     REASON    MESSAGE               │
                │▸ ip-10-0-1-12 Ready    3     ││▸ cart      10.96.0.7   3/3  ││▸ 3m20s   1   Normal   Started   Started container app │
                │ ✗ip-10-0-2-40 NotReady 0     ││ ✗checkout  10.96.0.7   0/2 ✗││                                                       │
                │                              ││                             ││                                                       │
                │                              ││                             ││                                                       │
                │                              ││                             ││                                                       │
                │                              ││                             ││                                                       │
                │                              ││                             ││                                                       │
                └──────────────────────────────┘└─────────────────────────────┘└───────────────────────────────────────────────────────┘
                  overview
                 Tab next pane  z zoom  ↵ open  l logs  d describe  y yaml  s shell  e edit  : command  / filter  ? help  w why
                """)
    }

    @Test("a terminal too small for five panes shows the focused one in full")
    func small() async throws {
        let (cluster, _) = try await open()
        #expect(
            cluster.picture(80, 24) == """
                 ⎈ demo  ns:shop  v1.36.2  nodes 5/6  cpu n/a  mem n/a  1 shop ● live  08:00:00
                ┌ Pods(shop)[3] · 1 failing ───────────────────────────────────────────────────┐
                │  NAME               READY STATUS           RESTARTS IP       NODE         AGE│
                │▸ cart-6c5d8-9wq2z   1/1   Running                 0 10.1.0.7 ip-10-0-1-12  3d│
                │ ✗checkout-7d9f4-x2k 0/1   CrashLoopBackOff       14 10.1.0.7 ip-10-0-1-12  9m│
                │  db-0               0/1   Pending                 0 10.1.0.7 ip-10-0-1-12  9m│
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
                  overview
                 Tab next pane  ↵ open  l logs  d describe  : command  / filter  ? help  w why
                """)
    }

    @Test("where there is room for one pane only, its keys say so and leave alone how the panes stand when there is room again")
    func tight() async throws {
        let (cluster, screen) = try await open()
        let before = cluster.picture(120, 30)
        _ = cluster.picture(80, 24)
        await cluster.press("z")
        #expect(cluster.shell.flash?.text == "There is room for one pane only.")
        #expect(!screen.isZoomed)
        await cluster.press("Ctrl-Right")
        #expect(cluster.shell.flash?.text == "There is room for one pane only.")
        await cluster.press("Esc")
        #expect(cluster.picture(120, 30) == before)
    }

    @Test("what was zoomed stays zoomed while there is room for one pane only, whatever Esc is pressed for")
    func zoomedAndTight() async throws {
        let (cluster, screen) = try await open()
        _ = cluster.picture(120, 30)
        await cluster.press("z")
        _ = cluster.picture(80, 24)
        await cluster.press("Esc")
        #expect(screen.isZoomed)
    }

    @Test("a large terminal gives every pane its share")
    func large() async throws {
        let (cluster, _) = try await open()
        let lines = cluster.picture(200, 60).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 60)
        #expect(lines[1].hasPrefix("┌ Pods[3] · 1 failing ─"))
        #expect(lines[37].hasPrefix("┌ Nodes[2] · 1 failing ─"))
        #expect(lines.dropFirst().prefix(57).allSatisfy { $0.count == 200 })
    }

    @Test("where names are long, added columns give way as a whole, and those that tell of health last")
    func narrow() async throws {
        let name = "a-service-with-quite-a-long-name"
        let cluster = try ShopCluster([
            "services": [ShopCluster.service(name)], "endpointslices": [ShopCluster.slice(name, ready: 0, total: 2)],
            "nodes": [ShopCluster.node("a-node-with-quite-a-long-name-too", isReady: false)],
        ])
        let screen = OverviewScreen(shell: cluster.shell)
        cluster.shell.push(screen)
        await cluster.settle([screen.tables.nodes, screen.tables.services])
        await until { cluster.picture(120, 30).contains("0/2 ✗│") }
        let picture = cluster.picture(120, 30)
        #expect(picture.contains("NotReady"))
        #expect(!picture.contains("›"))
    }

    @Test("until all pods are known, how many lie on a node is not known either")
    func unknownPods() async throws {
        let cluster = try ShopCluster()
        let reflect = cluster.shell.session.reflect
        cluster.shell.session.reflect = { scope in
            guard scope.resource.resource == "pods" else { return reflect(scope) }
            let pod = KubernetesObject(compactJSON: Array(ShopCluster.pod("cart", ready: true, age: 60).utf8)).parsed()
            return ReflectorStream([[.restarting, .initial(pod), .progress(loaded: 1, remaining: 9)]])
        }
        let screen = OverviewScreen(shell: cluster.shell)
        cluster.shell.push(screen)
        // The pods are never all there: nobody may wait for them.
        await until { !screen.tables.nodes.snapshot.rows.isEmpty && !screen.tables.pods.snapshot.rows.isEmpty }
        #expect(cluster.picture(120, 30).contains("Ready    n/a"))
    }

    @Test("moving to another pod shows its events, moving to the services those of the service")
    func links() async throws {
        let (cluster, screen) = try await open()
        await cluster.press("Down")
        #expect(screen.tables.logs.target?.name == "checkout-7d9f4-x2k")
        #expect(screen.tables.events.snapshot.rows.map(\.key.name) == ["b", "c"])
        await cluster.press("Alt-3")
        #expect(screen.tables.subject?.resource.name == "services")
        #expect(screen.tables.logs.target?.name == "cart")
        #expect(screen.tables.events.snapshot.rows.isEmpty)
        await cluster.press("Alt-2")
        #expect(screen.tables.logs.target == nil)
    }

    @Test("Tab goes round the panes, z zooms the focused one, Esc shows all again")
    func focus() async throws {
        let (cluster, screen) = try await open()
        await cluster.press("Tab", "Tab")
        #expect(screen.focus == .services)
        await cluster.press("z")
        #expect(cluster.picture(120, 30).split(separator: "\n")[1].hasPrefix("┌ Services(shop)[2] · 1 failing ─"))
        await cluster.press("Esc")
        #expect(!screen.isZoomed)
        await cluster.press("Shift-Tab", "Shift-Tab", "Shift-Tab")
        #expect(screen.focus == .logs)
    }

    @Test("logs wrap until w says otherwise, also for the next object")
    func wrap() async throws {
        let (cluster, screen) = try await open()
        #expect(screen.tables.logs.pane.wraps)
        await cluster.press("Alt-5", "w")
        #expect(screen.focus == .logs)
        #expect(!screen.tables.logs.pane.wraps)
        await cluster.press("Alt-1", "Down")
        #expect(!screen.tables.logs.pane.wraps)
    }

    @Test("the command goes back to the overview that is open")
    func again() async throws {
        let (cluster, screen) = try await open()
        cluster.shell.run(command: "overview")
        #expect(cluster.shell.screens.count == 1 && cluster.shell.screen === screen)
        cluster.shell.run(command: "pods all")
        cluster.shell.run(command: "overview")
        #expect(cluster.shell.screens.count == 1 && cluster.shell.screen === screen)
        cluster.shell.run(command: "overview all")
        #expect(cluster.shell.screens.count == 1 && cluster.shell.screen !== screen)
    }

    @Test("the filter narrows the focused pane only")
    func filter() async throws {
        let (cluster, screen) = try await open()
        await cluster.type("/check")
        #expect(screen.tables.pods.snapshot.rows.map(\.key.name) == ["checkout-7d9f4-x2k"])
        #expect(screen.tables.services.snapshot.rows.count == 2)
        await cluster.press("Enter", "Esc")
        #expect(screen.tables.pods.snapshot.rows.count == 3)
    }
}
