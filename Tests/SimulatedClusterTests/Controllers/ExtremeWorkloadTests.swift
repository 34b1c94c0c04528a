import KubernetesModel
import Testing

@testable import SimulatedCluster

/// Workloads as somebody writes them who wants to see what happens.
@Suite("Workloads of extreme numbers")
struct ExtremeWorkloadTests {
    private func cluster(_ manifests: String, after time: Duration = .seconds(5)) throws -> SteppedCluster {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(manifests)
        cluster.run(time)
        return cluster
    }

    /// How many pods there are after a few turns of the controllers.
    private func podsSoon(_ manifest: String) throws -> Int {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(manifest)
        cluster.parts.timeline.advance(to: cluster.parts.timeline.now + .seconds(1), atMost: 20)
        return cluster.pods().count
    }

    @Test("no more pods are made while many wait for a node")
    func burst() {
        #expect(PodBurst.size(waiting: 999) == 8)
        #expect(PodBurst.size(waiting: 1_000) == 0)
    }

    @Test("a surge of any size is one of 32 bits")
    func surge() throws {
        let text = DeploymentTests.manifest.replacing(
            "replicas: 2", with: "replicas: 2\n  strategy: {rollingUpdate: {maxSurge: \"9223372036854775807%\"}}")
        #expect(try cluster(text, after: .seconds(20)).pods().count == 2)
        #expect(JSONValue("9223372036854775807%").share(of: 2_147_483_647, roundsUp: true) == 2_147_483_647)
        #expect(JSONValue(Int.max).share(of: 1, roundsUp: false) == 2_147_483_647)
        #expect(JSONValue("25%").share(of: 10, roundsUp: true) == 3)
        #expect(JSONValue("25%").share(of: 10, roundsUp: false) == 2)
    }

    @Test("a revision that can't be counted up stays the last one")
    func revisions() throws {
        let cluster = try cluster(DeploymentTests.manifest)
        let set = try #require(cluster.list(Resource.replicaSets).first)
        let last = String(Int.max)
        try cluster.perform(.patch(Resource.replicaSets, set.key, ["metadata": ["annotations": [Rollout.revisionKey: .string(last)]]]))
        let image: JSONValue = ["spec": ["template": ["metadata": ["labels": ["app": "a", "v": "2"]]]]]
        try cluster.perform(.patch(Resource.deployments, ObjectKey(namespace: "default", name: "d"), image))
        cluster.run(.seconds(10))
        let deployment = try #require(cluster.get(Resource.deployments, "d"))
        #expect(deployment.metadata.annotations[Rollout.revisionKey] == last)
        #expect(cluster.list(Resource.replicaSets).count == 2)
    }

    @Test("a DaemonSet outlives a revision that can't be counted up")
    func controllerRevisions() throws {
        let cluster = try cluster(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: d, namespace: default}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
            """)
        let revision = try #require(cluster.list(Resource.controllerRevisions).first)
        try cluster.perform(.patch(Resource.controllerRevisions, revision.key, ["revision": JSONValue(Int.max)]))
        let label: JSONValue = ["spec": ["template": ["metadata": ["labels": ["app": "a", "v": "2"]]]]]
        try cluster.perform(.patch(Resource.daemonSets, ObjectKey(namespace: "default", name: "d"), label))
        cluster.run(.seconds(10))
        #expect(cluster.list(Resource.controllerRevisions).compactMap { $0["revision"]?.intValue } == [.max, .max])
    }

    @Test("a Job of any parallelism makes its pods a few at a time")
    func parallelism() throws {
        let count = try podsSoon(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: j, namespace: default}
            spec:
              parallelism: 2000000000
              template:
                spec:
                  restartPolicy: Never
                  nodeSelector: {no: such}
                  containers: [{name: c, image: "busybox:1.35"}]
            """)
        #expect((8...200).contains(count))
    }

    @Test("a StatefulSet that starts all its pods at once does so a few at a time")
    func parallelPods() throws {
        let count = try podsSoon(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s, namespace: default}
            spec:
              replicas: 2000000000
              serviceName: s
              podManagementPolicy: Parallel
              updateStrategy: {rollingUpdate: {maxUnavailable: "100%"}}
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  nodeSelector: {no: such}
                  containers: [{name: c, image: "busybox:1.35"}]
            """)
        #expect((8...200).contains(count))
    }

    @Test("indexes that a Job doesn't have are left out of its status")
    func indexes() {
        var set = IndexSet("0-9999999999,3,x,-5,9223372036854775807", below: 2_147_483_647)
        #expect(set.count == 2_147_483_647)
        #expect(set.missing(atMost: 8) == [])
        set.insert(.max)
        set.insert(-1)
        #expect(set.text == "0-2147483646")
        var sparse = IndexSet("5,1-2", below: 8)
        #expect(sparse.text == "1,2,5")
        sparse.insert(0)
        #expect(sparse.text == "0-2,5")
        #expect(sparse.missing(atMost: 2) == [3, 4])
        #expect(sparse.union(IndexSet("3-4", below: 8)).missing(atMost: 9) == [6, 7])
    }

    @Test("a pod that asks for more than any node has doesn't hinder others from finding theirs")
    func enormousRequests() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        let node = try #require(cluster.list(Resource.nodes).first)
        func pod(_ name: String, cpu: String, node: String) -> String {
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: \(name), namespace: default}
            spec:
              nodeName: "\(node)"
              containers: [{name: c, image: "registry.k8s.io/pause:3.10", resources: {requests: {cpu: "\(cpu)"}}}]
            """
        }
        // A node without a kubelet keeps what it can't run.
        var twin = node
        twin.metadata.name = "twin"
        twin.metadata.json["uid"] = nil
        twin.metadata.json["resourceVersion"] = nil
        try cluster.perform(.create(twin))
        try cluster.apply(pod("huge", cpu: "100000000000000", node: "twin"))
        try cluster.apply(pod("small", cpu: "1m", node: ""))
        cluster.run(.seconds(5))
        #expect(cluster.get(Resource.pods, "small")?.spec["nodeName"]?.stringValue == node.name)
    }

    @Test("a Job adopts pods that fit its selector and belong to nobody")
    func adoption() throws {
        let cluster = try cluster(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: j, namespace: default}
            spec:
              manualSelector: true
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  restartPolicy: Never
                  containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: orphan, namespace: default, labels: {app: a}}
            spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
            """)
        #expect(cluster.get(Resource.pods, "orphan")?.metadata.ownerReferences.first?.name == "j")
    }
}
