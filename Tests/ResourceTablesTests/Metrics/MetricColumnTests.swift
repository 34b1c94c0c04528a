import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing

@Suite("What is used") struct MetricColumnTests {
    private static let pod = object(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"cart","namespace":"shop","uid":"1","resourceVersion":"1"},
         "spec":{"containers":[
           {"name":"app","resources":{"requests":{"cpu":"200m","memory":"64Mi"},"limits":{"cpu":"1","memory":"128Mi"}}},
           {"name":"side","resources":{"limits":{"cpu":"100m"}}}]},"status":{"phase":"Running"}}
        """)
    private static let report = UsageReport(
        pods: [
            object(
                """
                {"metadata":{"name":"cart","namespace":"shop"},"containers":[
                  {"name":"app","usage":{"cpu":"150m","memory":"96Mi"}},{"name":"side","usage":{"cpu":"30000000n","memory":"1024Ki"}}]}
                """)
        ],
        nodes: [object(#"{"metadata":{"name":"node-a"},"usage":{"cpu":"1500m","memory":"2Gi"}}"#)]
    )

    private func table(_ resource: String, _ objects: [KubernetesObject]) async -> ResourceTable {
        let table = ResourceTable(layout: .of(builtIn(resource)), stream: ReflectorStream([]), now: { start })
        await table.apply([.restarting] + objects.map(ReflectorEvent.initial) + [.ready(resourceVersion: "1")])
        return table
    }

    @Test("a pod's usage is the sum over its containers, its shares those of requests and limits")
    func pods() async {
        let table = await table("pods", [Self.pod])
        await table.measure(Self.report)
        let snapshot = await table.snapshot(for: TableQuery())
        #expect(snapshot.text("CPU", "%CPU/R", "%CPU/L", "MEM", "%MEM/R", "%MEM/L") == "180 60 16 97 151 n/a")
        #expect(snapshot.text("CPU/RL", "MEM/RL") == "300:1100 64:0")
    }

    @Test("quantities beyond all bounds are shown as far as numbers go")
    func huge() async {
        let pod = object(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"cart","namespace":"shop","uid":"1","resourceVersion":"1"},"spec":{"containers":[
              {"name":"app","resources":{"limits":{"memory":"9E"}}},{"name":"side","resources":{"limits":{"memory":"9E"}}}]}}
            """)
        let report = UsageReport(
            pods: [
                object(
                    """
                    {"metadata":{"name":"cart","namespace":"shop"},"containers":[
                      {"name":"app","usage":{"cpu":"9E","memory":"9E"}},{"name":"side","usage":{"cpu":"9E","memory":"9E"}}]}
                    """)
            ], nodes: []
        )
        let table = await table("pods", [pod])
        await table.measure(report)
        #expect(await table.snapshot(for: TableQuery()).text("%CPU/L", "%MEM/L") == "n/a 100")
        #expect(CPUAndMemory.share(.max, of: 1) == 1_000_000)
        #expect(CPUAndMemory.share(29, of: 100) == 29)
    }

    @Test("a node's usage is a share of what pods can get of it")
    func nodes() async {
        let node = object(#"{"kind":"Node","metadata":{"name":"node-a","uid":"n"},"status":{"allocatable":{"cpu":"2","memory":"8Gi"}}}"#)
        let table = await table("nodes", [node])
        await table.measure(Self.report)
        #expect(await table.snapshot(for: TableQuery()).text("CPU", "%CPU", "MEM", "%MEM") == "1500 75 2048 25")
    }

    @Test("what nobody measures is unknown, not zero, and sorts last")
    func unmeasured() async {
        let table = await table("pods", [ResourceTablesTests.pod("idle"), Self.pod])
        await table.measure(Self.report)
        let snapshot = await table.snapshot(for: TableQuery(sort: .init("CPU")))
        #expect(snapshot.text("NAME", "CPU") == "cart 180\nidle n/a")
    }

    @Test("new measurements are no news: nothing is marked as changed, and later objects have them too")
    func quiet() async {
        let table = await table("pods", [Self.pod])
        await table.measure(Self.report)
        #expect(await table.snapshot(for: TableQuery()).rows[0].change == nil)
        await table.apply([.deleted(Self.pod), .applied(Self.pod)])
        #expect(await table.snapshot(for: TableQuery()).text("CPU") == "180")
        await table.measure(nil)
        #expect(await table.snapshot(for: TableQuery()).text("CPU") == "n/a")
    }
}
