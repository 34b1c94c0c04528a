import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The scheduler")
struct SchedulerTests {
    private func cluster() throws -> SteppedCluster {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: high}
            value: 1000
            ---
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: {name: polite}
            value: 1000
            preemptionPolicy: Never
            """)
        return cluster
    }

    private func pod(_ name: String, cpu: String, priority: String? = nil) -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: \(name), namespace: default}
        spec:
          terminationGracePeriodSeconds: 1
          \(priority.map { "priorityClassName: \($0)" } ?? "")
          containers: [{name: c, image: "docker.io/library/busybox:1.35", command: [sleep, "600"], resources: {requests: {cpu: "\(cpu)"}}}]
        """
    }

    @Test("a pod of high priority takes the place of as few others as needed")
    func preemption() throws {
        let cluster = try cluster()
        try cluster.apply([pod("a", cpu: "3"), pod("b", cpu: "4")].joined(separator: "\n---\n"))
        cluster.run(.seconds(5))
        try cluster.apply(pod("vip", cpu: "4", priority: "high"))
        cluster.run(.milliseconds(100))
        #expect(cluster.get(Resource.pods, "vip")?.status["nominatedNodeName"] == "node-1")
        let victims = cluster.pods().filter { $0.metadata.deletionTimestamp != nil }
        #expect(victims.count == 1)
        #expect(victims.first?.condition("DisruptionTarget")?["reason"] == "PreemptionByScheduler")
        cluster.run(.seconds(5))
        #expect(cluster.get(Resource.pods, "vip")?.status["phase"] == "Running")
        #expect(cluster.pods().count == 2)
        #expect(cluster.messages("FailedScheduling") == ["0/1 nodes are available: 1 Insufficient cpu."])
        #expect(cluster.messages("Preempted").first?.hasSuffix("on node node-1") == true)
    }

    @Test("a pod that doesn't preempt waits, and says why")
    func politeness() throws {
        let cluster = try cluster()
        try cluster.apply(pod("a", cpu: "6"))
        cluster.run(.seconds(5))
        try cluster.apply(pod("b", cpu: "6", priority: "polite"))
        cluster.run(.seconds(5))
        #expect(cluster.messages("FailedScheduling").first?.hasSuffix("preemption: not eligible due to preemptionPolicy=Never.") == true)
        #expect(cluster.pods().count == 2)
    }

    @Test("what waits is placed when there is room again")
    func room() throws {
        let cluster = try cluster()
        try cluster.apply([pod("a", cpu: "6"), pod("b", cpu: "6")].joined(separator: "\n---\n"))
        cluster.run(.seconds(5))
        #expect(cluster.pods().map { $0.status["phase"]?.stringValue } == ["Running", "Pending"])
        try cluster.perform(.delete(Resource.pods, ObjectKey(namespace: "default", name: "a")))
        cluster.run(.seconds(10))
        #expect(cluster.pods().map { $0.status["phase"]?.stringValue } == ["Running"])
    }
}

@Suite("The scheduler's choice")
struct NodeChoiceTests {
    private func cluster(_ nodes: String) throws -> SteppedCluster {
        var scenario = ScenarioDefinition(name: "choice")
        let definitions: [JSONValue] = try KubernetesModel.YAML.parse(nodes)
        scenario.nodes = (definitions.first?.arrayValue ?? []).enumerated().map { NodeDefinition($0.element, index: $0.offset) }
        let cluster = SteppedCluster(scenario)
        cluster.run(.seconds(2))
        return cluster
    }

    private func node(of affinity: String, in cluster: SteppedCluster) throws -> String? {
        try cluster.apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec:
              \(affinity)
              containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]
            """)
        cluster.run(.seconds(5))
        return cluster.get(Resource.pods, "p")?.spec["nodeName"]?.stringValue
    }

    @Test("a node that the pod would like goes before others")
    func preference() throws {
        let cluster = try cluster("[{name: a}, {name: b, labels: {disk: ssd}}]")
        let wish =
            "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: "
            + "[{weight: 5, preference: {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}}]}}"
        #expect(try node(of: wish, in: cluster) == "b")
    }

    @Test("a node that would rather be left alone comes last")
    func shunned() throws {
        let cluster = try cluster("[{name: a, taints: [{key: k, effect: PreferNoSchedule}]}, {name: b}]")
        #expect(try node(of: "restartPolicy: Always", in: cluster) == "b")
    }

    @Test("of a long queue each pod gets its turn: all are told why they wait, and those at its end are placed as soon as they can be")
    func longQueue() throws {
        let cluster = try cluster("[{name: a}, {name: b}]")
        for index in 10..<60 {
            try cluster.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p\(index), namespace: default}
                spec: {nodeSelector: {batch: "\(index / 10)"}, containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
                """)
        }
        cluster.run(.seconds(5))
        #expect(cluster.pods().count { $0.condition("PodScheduled")?["reason"] == "Unschedulable" } == 50)
        let patch = JSONValue.object(["metadata": ["labels": ["batch": "5"]]])
        try cluster.perform(.patch(Resource.nodes, ObjectKey(name: "b"), patch))
        cluster.run(.seconds(5))
        let placed = cluster.pods().filter { $0.spec["nodeName"] == "b" }.map(\.name)
        #expect(placed == (50..<60).map { "p\($0)" })
    }
}
