import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Other workloads")
struct WorkloadTests {
    @Test("a StatefulSet starts its pods in order, each ready before the next")
    func statefulSet() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: s, namespace: default}
            spec:
              serviceName: s
              replicas: 3
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
            """)
        cluster.run(.seconds(30))
        #expect(cluster.pods().map(\.name) == ["s-0", "s-1", "s-2"])
        #expect(cluster.get(Resource.statefulSets, "s")?.status["readyReplicas"]?.intValue == 3)
        #expect(cluster.messages("SuccessfulCreate").first == "Create Pod s-0 in StatefulSet s successful")
    }

    @Test("a StatefulSet's pods mount the volumes of its claims")
    func statefulSetWithClaims() throws {
        let cluster = try SteppedCluster("demo")
        cluster.run(.seconds(60))
        #expect(cluster.pods(namespace: "payments").contains { $0.name == "ledger-db-0" && $0.isReadyPod })
        let claim = try #require(cluster.get(Resource.persistentVolumeClaims, "data-ledger-db-0", namespace: "payments"))
        #expect(claim.status["phase"] == "Bound")
        #expect(throws: (any Error).self) {
            try cluster.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d, namespace: default}
                spec:
                  selector: {matchLabels: {app: a}}
                  template:
                    metadata: {labels: {app: a}}
                    spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10", volumeMounts: [{name: data, mountPath: /data}]}]}
                """)
        }
    }

    @Test("a DaemonSet runs one pod on each node")
    func daemonSet() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: s, namespace: default}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
            """)
        cluster.run(.seconds(10))
        #expect(cluster.get(Resource.daemonSets, "s")?.status["numberReady"]?.intValue == 1)
        #expect(cluster.pods().map { $0.spec["nodeName"]?.stringValue } == ["node-1"])
    }
}

@Suite("ReplicationControllers")
struct ReplicationControllerTests {
    @Test("the oldest kind still keeps its pods")
    func pods() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: r, namespace: default}
            spec:
              replicas: 2
              selector: {app: a}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
            """)
        cluster.run(.seconds(10))
        #expect(cluster.pods().count == 2)
        #expect(cluster.get(Resource.replicationControllers, "r")?.status["readyReplicas"] == 2)
        #expect(cluster.messages("SuccessfulCreate").count == 2)
    }
}
