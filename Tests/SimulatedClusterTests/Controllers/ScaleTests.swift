import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Many at once")
struct ScaleTests {
    private func cluster(replicas: Int) throws -> SteppedCluster {
        var scenario = ScenarioDefinition(name: "six")
        scenario.nodes = (0..<6).map { NodeDefinition(.null, index: $0) }
        let cluster = SteppedCluster(scenario)
        cluster.run(.seconds(5))
        try cluster.apply(DeploymentTests.manifest.replacing("replicas: 2", with: "replicas: \(replicas)"))
        return cluster
    }

    @Test("a Deployment of many pods gets them all, and they run")
    func many() throws {
        let cluster = try cluster(replicas: 120)
        cluster.run(.seconds(60))
        #expect(cluster.get(Resource.deployments, "d")?.status["readyReplicas"] == 120)
    }

    @Test("the work is done in small portions, so that others get their turn")
    func portions() throws {
        let cluster = try cluster(replicas: 120)
        let timeline = cluster.parts.timeline
        let end = timeline.now + .seconds(2)
        var counts = [0]
        while !timeline.advance(to: end, atMost: 1) { counts.append(cluster.parts.store.revision) }
        let largest = zip(counts.dropFirst(), counts.dropFirst(2)).map { $1 - $0 }.max() ?? 0
        #expect(largest > 0)
        #expect(largest < 40)
    }
}
