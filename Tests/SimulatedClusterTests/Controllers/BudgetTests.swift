import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Disruption budgets")
struct BudgetTests {
    private func cluster(_ budget: String, pods: [(name: String, isReady: Bool)]) throws -> SteppedCluster {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        for pod in pods {
            let probe = pod.isReady ? "" : ", readinessProbe: {tcpSocket: {port: 9}, periodSeconds: 1}"
            try cluster.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: \(pod.name), namespace: default, labels: {app: a}}
                spec:
                  terminationGracePeriodSeconds: 30
                  containers: [{name: c, image: "docker.io/library/busybox:1.35", command: [sleep, "600"]\(probe)}]
                """)
        }
        try cluster.apply(
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: b, namespace: default}
            spec: {\(budget), selector: {matchLabels: {app: a}}}
            """)
        cluster.run(.seconds(10))
        return cluster
    }

    private func evict(_ name: String, in cluster: SteppedCluster) throws {
        try cluster.perform(.evict(ObjectKey(namespace: "default", name: name)))
    }

    @Test("an eviction uses up what the budget allows, until somebody takes the pod's place")
    func allowance() throws {
        let cluster = try cluster("minAvailable: 1", pods: [("p", true), ("q", true)])
        #expect(cluster.get(Resource.podDisruptionBudgets, "b")?.status["disruptionsAllowed"] == 1)
        try evict("p", in: cluster)
        #expect(throws: StatusError.self) { try evict("q", in: cluster) }
        cluster.run(.seconds(1))
        let status = try #require(cluster.get(Resource.podDisruptionBudgets, "b")?.status)
        #expect(status["disruptionsAllowed"] == 0)
        #expect(status["currentHealthy"] == 1)
        #expect(status["disruptedPods"] == nil)
        #expect(throws: StatusError.self) { try evict("q", in: cluster) }
    }

    @Test("a pod that isn't ready may go while enough others are")
    func unhealthy() throws {
        let cluster = try cluster("minAvailable: 1", pods: [("p", true), ("q", false)])
        #expect(cluster.get(Resource.podDisruptionBudgets, "b")?.status["disruptionsAllowed"] == 0)
        try evict("q", in: cluster)
        #expect(throws: StatusError.self) { try evict("p", in: cluster) }
    }

    @Test("a pod that isn't ready stays where too few are, unless the budget lets such pods go")
    func policy() throws {
        let strict = try cluster("minAvailable: 2", pods: [("p", true), ("q", false)])
        #expect(throws: StatusError.self) { try evict("q", in: strict) }
        let lenient = try cluster("minAvailable: 2, unhealthyPodEvictionPolicy: AlwaysAllow", pods: [("p", true), ("q", false)])
        try evict("q", in: lenient)
        #expect(lenient.get(Resource.pods, "q")?.metadata.deletionTimestamp != nil)
    }
}
