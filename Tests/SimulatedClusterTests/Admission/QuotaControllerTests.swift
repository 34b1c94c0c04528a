import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Usage of quotas")
struct QuotaControllerTests {
    @Test("a quota's status says what is limited and how much of it is used")
    func status() {
        let cluster = TestCluster()
        cluster.apply(
            #"{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q","namespace":"shop"},"spec":{"hard":{"configmaps":"2","pods":"1","requests.cpu":"1"}}}"#
        )
        cluster.apply(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"shop"}}"#)
        cluster.apply(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"shop"},
             "spec":{"containers":[{"name":"c","image":"x","resources":{"requests":{"cpu":"250m"}}}]}}
            """
        )
        var controller = QuotaController()
        let key = WorkKey(GroupResource(resource: "resourcequotas"), ObjectKey(namespace: "shop", name: "q"))
        let writes = controller.reconcile(key, in: cluster.parts.view, at: cluster.parts.timeline.now).writes
        guard case .updateStatus(let quota)? = writes.first else {
            Issue.record("expected a status, got \(writes)")
            return
        }
        #expect(
            quota.status
                == json(
                    #"{"hard":{"configmaps":"2","pods":"1","requests.cpu":"1"},"used":{"configmaps":"1","pods":"1","requests.cpu":"250m"}}"#
                )
        )
    }
}
