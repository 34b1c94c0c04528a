import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing

@Suite("Columns of network policies")
struct PolicyColumnTests {
    @Test("the wide form tells whom each direction admits, on which ports and from which addresses")
    func directions() async {
        let policy = object(
            """
            {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"p","namespace":"shop","uid":"1"},"spec":{
              "podSelector":{"matchLabels":{"app":"db"}},"policyTypes":["Ingress","Egress"],
              "ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"web"}}},{"namespaceSelector":{}},
                {"ipBlock":{"cidr":"10.0.0.0/8","except":["10.1.0.0/16"]}}],"ports":[{"port":5432},{"protocol":"UDP","port":"dns"}]}],
              "egress":[{"ports":[{"port":1000,"endPort":2000},{}]}]}}
            """)
        let table = ResourceTable(layout: .of(builtIn("networkpolicies")), stream: ReflectorStream([]), now: { start })
        await table.apply([.restarting, .initial(policy), .ready(resourceVersion: "1")])
        let snapshot = await table.snapshot(for: TableQuery())
        #expect(snapshot.text("TYPES") == "Ingress,Egress")
        #expect(snapshot.text("ING-SELECTOR", "ING-PORTS", "ING-BLOCK") == "po:app=web,ns:all TCP:5432,UDP:dns 10.0.0.0/8[10.1.0.0/16]")
        #expect(snapshot.text("EGR-SELECTOR", "EGR-PORTS", "EGR-BLOCK") == "<none> TCP:1000-2000,TCP:all <none>")
    }
}
