import KubernetesModel
import Testing

@testable import ResourceTables

@Suite struct ResourceLayoutTests {
    private func titles(_ resource: String) -> String {
        ResourceLayout.of(builtIn(resource)).columns.filter { !$0.isWide }.map(\.title).joined(separator: " ")
    }

    @Test(
        "known kinds have the columns that K9s's users know",
        arguments: [
            ("pods", "NAMESPACE NAME READY STATUS RESTARTS CPU %CPU/R %CPU/L MEM %MEM/R %MEM/L IP NODE AGE"),
            ("nodes", "NAME STATUS ROLE TAINTS VERSION CPU %CPU MEM %MEM AGE"),
            ("services", "NAMESPACE NAME TYPE CLUSTER-IP EXTERNAL-IP ENDPOINTS PORTS AGE"),
            ("deployments", "NAMESPACE NAME READY UP-TO-DATE AVAILABLE AGE"),
            ("cronjobs", "NAMESPACE NAME SCHEDULE SUSPEND ACTIVE LAST SCHEDULE AGE"),
            ("configmaps", "NAMESPACE NAME DATA AGE"),
            ("clusterroles", "NAME AGE"),
        ])
    func known(resource: String, expected: String) {
        #expect(titles(resource) == expected)
    }

    @Test("other kinds have the server's columns, with the age last")
    func fromServer() {
        #expect(titles("ingresses") == "NAMESPACE NAME CLASS HOSTS ADDRESS PORTS AGE")
        #expect(titles("priorityclasses") == "NAME VALUE GLOBAL-DEFAULT PREEMPTIONPOLICY AGE")
    }

    @Test("every built-in resource gets as many cells as columns from an empty object")
    func complete() {
        for resource in ResourceCatalog.builtIn.resources where resource.supports("list") {
            let layout = ResourceLayout.of(resource)
            let row = layout.row(of: object(#"{"metadata":{"name":"x"}}"#), now: start)
            #expect(row.cells.count == layout.columns.count, "\(resource.gvr)")
        }
    }

    @Test("a custom resource shows what its definition asks for")
    func custom() {
        let resource = APIResource(
            groupVersion: GroupVersion(apiVersion: "example.org/v1"), name: "widgets", kind: "Widget", isNamespaced: true)
        let columns = [
            CustomColumn(PrinterColumn(name: "Size", type: .integer), jsonPath: ".spec.size"),
            CustomColumn(PrinterColumn(name: "Ready"), jsonPath: #".status.conditions[?(@.type=="Ready")].status"#),
            CustomColumn(PrinterColumn(name: "Age", type: .date), jsonPath: ".metadata.creationTimestamp"),
        ]
        let layout = ResourceLayout.of(resource, custom: columns)
        let row = layout.row(
            of: object(
                """
                {"apiVersion":"example.org/v1","kind":"Widget","metadata":{"name":"x","namespace":"shop"},"spec":{"size":3},
                 "status":{"conditions":[{"type":"Synced","status":"False"},{"type":"Ready","status":"True"}]}}
                """), now: start)
        let shown = zip(layout.columns, row.cells).filter { !$0.0.isWide }.map { "\($0.title)=\($1.text(now: start))" }
        #expect(shown == ["NAMESPACE=shop", "NAME=x", "SIZE=3", "READY=True", "AGE=<unknown>"])
    }

    @Test("a custom resource without columns shows its readiness")
    func withoutColumns() {
        let resource = APIResource(
            groupVersion: GroupVersion(apiVersion: "example.org/v1"), name: "widgets", kind: "Widget", isNamespaced: false)
        let layout = ResourceLayout.of(resource)
        let row = layout.row(
            of: object(#"{"metadata":{"name":"x"},"status":{"conditions":[{"type":"Ready","status":"False","reason":"NoDisk"}]}}"#),
            now: start)
        #expect(row.cells.prefix(2).map { $0.text(now: start) } == ["x", "NoDisk"])
    }

    @Test("rows lead to the pods, nodes and objects behind them")
    func links() {
        let service = object(#"{"kind":"Service","metadata":{"name":"x"},"spec":{"selector":{"b":"2","a":"1"}}}"#)
        #expect(ResourceLayout.of(builtIn("services")).row(of: service, now: start).links.podSelector == "a=1,b=2")
        #expect(podLayout.row(of: pod("a"), now: start).links == RowLinks(node: "node-a"))
    }

    @Test(
        "paths of printer columns are followed",
        arguments: [
            (".spec.ports[0].port", "80"), (".spec.ports[*].port", "80"), (#".metadata.labels['app\.kubernetes.io/name']"#, nil),
            (".metadata.labels['a.b/c']", "yes"), (#".spec.ports[?(@.name=="b")].port"#, "81"), (".spec.none", nil),
            ("{.spec.ports[-1].port}", "81"),
        ] as [(String, String?)])
    func paths(path: String, expected: String?) {
        let value = object(#"{"metadata":{"labels":{"a.b/c":"yes"}},"spec":{"ports":[{"name":"a","port":80},{"name":"b","port":81}]}}"#)
            .value
        #expect(JSONPath(path)?.first(in: value).map { $0.stringValue ?? $0.description } == expected)
    }

    @Test("paths that can't be read are refused", arguments: ["spec", ".", ".a[", ".a[?(@.b>1)]", ".a[x]"])
    func badPaths(path: String) {
        #expect(JSONPath(path) == nil)
    }

    @Test("of a cell that nobody could read to its end the beginning is kept")
    func longCells() {
        let row = TableRow(
            key: ObjectKey(name: "a"), uid: "1", resourceVersion: "1",
            cells: [.text(String(repeating: "é", count: 5000)), .text(String(repeating: "é", count: 600)), .number(3)])
        #expect(row.cells[0] == .text(String(repeating: "é", count: 1000) + "…"))
        #expect(row.cells[1] == .text(String(repeating: "é", count: 600)) && row.cells[2] == .number(3))
    }
}
