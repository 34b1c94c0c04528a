import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Nodes that fail")
struct NodeTests {
    private func twoNodes() -> SteppedCluster {
        var scenario = ScenarioDefinition(name: "two")
        scenario.nodes = [0, 1].map { NodeDefinition(.null, index: $0) }
        let cluster = SteppedCluster(scenario)
        cluster.run(.seconds(5))
        return cluster
    }

    private func machine(_ name: String, of cluster: SteppedCluster) throws -> Kubelet {
        try #require((cluster.parts.nodes as? Kubelets)?.kubelet(name))
    }

    @Test("a node whose kubelet falls silent is unreachable after a while, and ready again when it comes back")
    func silence() throws {
        let cluster = twoNodes()
        try machine("node-1", of: cluster).setPower(false)
        cluster.run(.seconds(40))
        #expect(cluster.get(Resource.nodes, "node-1", namespace: nil)?.condition("Ready")?["status"] == "True")
        cluster.run(.seconds(20))
        let silent = try #require(cluster.get(Resource.nodes, "node-1", namespace: nil))
        #expect(silent.condition("Ready")?["reason"] == "NodeStatusUnknown")
        #expect(silent.spec["taints"]?.arrayValue?.map { $0["effect"]?.stringValue } == ["NoSchedule", "NoExecute"])
        #expect(cluster.get(Resource.nodes, "node-2", namespace: nil)?.condition("Ready")?["status"] == "True")
        try machine("node-1", of: cluster).setPower(true)
        cluster.run(.seconds(15))
        let back = try #require(cluster.get(Resource.nodes, "node-1", namespace: nil))
        #expect(back.condition("Ready")?["status"] == "True")
        #expect(back.spec["taints"] == nil)
    }

    @Test("the pods of a dead node are replaced elsewhere once their tolerance is over")
    func eviction() throws {
        let cluster = twoNodes()
        try cluster.apply(DeploymentTests.manifest)
        cluster.run(.seconds(20))
        try machine("node-1", of: cluster).setPower(false)
        cluster.run(.seconds(60))
        #expect(cluster.messages("NodeNotReady").contains("Node is not ready"))
        #expect(cluster.pods().count == 2)
        cluster.run(.seconds(310))
        let living = cluster.pods().filter { $0.metadata.deletionTimestamp == nil }
        #expect(living.map { $0.spec["nodeName"]?.stringValue } == ["node-2", "node-2"])
        #expect(cluster.messages("TaintManagerEviction").count == 1)
    }

    @Test("a node that is cordoned is tainted for the scheduler")
    func cordon() throws {
        let cluster = twoNodes()
        try cluster.perform(.patch(Resource.nodes, ObjectKey(name: "node-1"), ["spec": ["unschedulable": true]]))
        cluster.run(.seconds(1))
        let taint = cluster.get(Resource.nodes, "node-1", namespace: nil)?.spec["taints"]?[0]
        #expect(taint?["key"] == "node.kubernetes.io/unschedulable")
        #expect(taint?["timeAdded"] != nil)
    }

    @Test("the pods of a node that was deleted go after a while")
    func orphans() throws {
        let cluster = twoNodes()
        try cluster.apply(DeploymentTests.manifest)
        cluster.run(.seconds(20))
        try machine("node-1", of: cluster).setPower(false)
        try cluster.perform(.delete(Resource.nodes, ObjectKey(name: "node-1")))
        cluster.run(.seconds(90))
        #expect(cluster.pods().map { $0.spec["nodeName"]?.stringValue } == ["node-2", "node-2"])
    }
}
