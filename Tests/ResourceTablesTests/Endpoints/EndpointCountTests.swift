import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing

@Suite("Services and their endpoints")
struct EndpointCountTests {
    private func service(_ name: String, selector: String = #"{"app":"x"}"#) -> KubernetesObject {
        object(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"\(name)","namespace":"shop","uid":"\(name)","resourceVersion":"1"},
             "spec":{"type":"ClusterIP","selector":\(selector),"ports":[{"port":80}]}}
            """)
    }

    private func key(_ name: String) -> ObjectKey { ObjectKey(namespace: "shop", name: name) }

    @Test("a Service behind which nothing answers is a fault, once its endpoints are known, and until some are ready")
    func faults() async {
        let table = ResourceTable(layout: .of(builtIn("services")), stream: ReflectorStream([]), now: { start })
        await table.apply([
            .restarting, .initial(service("cart")), .initial(service("db")), .initial(service("web")),
            .initial(service("own", selector: "{}")),
        ])
        await table.apply([.ready(resourceVersion: "1")])
        #expect(await table.snapshot(for: TableQuery()).counts.faults == 0)
        await table.count([key("cart"): EndpointCount(ready: 2, total: 3), key("db"): EndpointCount(ready: 0, total: 1)])
        let all = await table.snapshot(for: TableQuery())
        #expect(
            all.text("NAME", "ENDPOINTS", "VALID") == """
                cart 2/3\u{20}
                db 0/1 none of 1 endpoints is ready
                own n/a\u{20}
                web 0/0 no endpoints
                """)
        #expect(await table.snapshot(for: TableQuery(faultsOnly: true)).rows.map(\.key.name) == ["db", "web"])
        await table.apply([.applied(service("late"))])
        await table.count([
            key("cart"): EndpointCount(ready: 2, total: 3), key("db"): EndpointCount(ready: 1, total: 1),
            key("web"): EndpointCount(ready: 1, total: 1),
        ])
        #expect(await table.snapshot(for: TableQuery(faultsOnly: true)).rows.map(\.key.name) == ["late"])
    }
}
