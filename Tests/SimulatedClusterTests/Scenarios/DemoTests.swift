import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The demo")
struct DemoTests {
    private func ready(_ cluster: SteppedCluster, _ namespace: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for pod in cluster.pods(namespace: namespace) where pod.isReadyPod {
            counts[pod.metadata.labels["app"] ?? pod.metadata.labels["k8s-app"] ?? "", default: 0] += 1
        }
        return counts
    }

    @Test("lookups from the shop time out, what needs them is not ready or crashes, and others go on")
    func broken() throws {
        let cluster = try SteppedCluster("demo")
        cluster.run(.seconds(240))
        #expect(ready(cluster, "kube-system") == ["kube-dns": 2, "metrics-server": 2, "aws-node": 6, "kube-proxy": 6])
        #expect(ready(cluster, "payments") == ["payments": 2, "ledger-db": 1])
        let shop = ready(cluster, "shop")
        #expect(shop["shop-db"] == 1)
        #expect(shop["web"] == nil)
        #expect(shop["checkout"] == nil)
        let worker = try #require(cluster.pods(namespace: "shop").first { $0.name.hasPrefix("orders-worker") })
        #expect(worker.status["containerStatuses"]?[0]?["restartCount"]?.intValue ?? 0 >= 1)
        let log = try cluster.log(worker, previous: true)
        #expect(log.contains("lookup shop-db on 10.100.0.10:53: read udp"))
        #expect(log.contains("i/o timeout"))
        #expect(!cluster.messages("Unhealthy", namespace: "shop").isEmpty)
    }

    @Test("without the policy everything becomes ready by itself")
    func healed() throws {
        let cluster = try SteppedCluster("demo")
        cluster.run(.seconds(120))
        try cluster.perform(.delete(Resource.networkPolicies, ObjectKey(namespace: "shop", name: "restrict-egress")))
        cluster.run(.seconds(420))
        let pods = ["shop", "payments", "platform", "kube-system"].flatMap { cluster.pods(namespace: $0) }
        #expect(pods.filter { !$0.isReadyPod && $0.status["phase"] != "Succeeded" }.map(\.name) == [])
        #expect(pods.contains { $0.status["phase"] == "Succeeded" }, "the CronJob has run")
    }
}
