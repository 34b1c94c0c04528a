import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Faults")
struct FaultTests {
    private func whole() throws -> SteppedCluster {
        var scenario = try ScenarioDefinition.builtIn("demo")
        scenario.faults = []
        let cluster = SteppedCluster(scenario)
        cluster.run(.seconds(120))
        return cluster
    }

    /// Pods that should be ready; those of a Job that is done need not be.
    private func unready(_ cluster: SteppedCluster) -> [String] {
        cluster.list(Resource.pods).filter { !$0.isReadyPod && $0.status["phase"] != "Succeeded" }.map(\.name)
    }

    @Test("without a fault the whole demo is ready")
    func healthy() throws {
        #expect(unready(try whole()) == [])
    }

    @Test("without CoreDNS lookups are refused at once, and scaling it up again heals")
    func scaledToZero() throws {
        let cluster = try whole()
        try FaultDefinition.builtIn("dns-scaled-to-zero").inject([:], into: cluster.parts)
        cluster.run(.seconds(60))
        #expect(!cluster.pods(namespace: "kube-system").contains { $0.name.hasPrefix("coredns") })
        let catalogue = try #require(cluster.pods(namespace: "shop").first { $0.name.hasPrefix("catalogue") })
        #expect(try cluster.log(catalogue).contains("read: connection refused"))
        let web = try #require(cluster.pods(namespace: "shop").first { $0.name.hasPrefix("web") })
        #expect(!web.isReadyPod)
        let key = ObjectKey(namespace: "kube-system", name: "coredns")
        try cluster.perform(.patch(Resource.deployments, key, ["spec": ["replicas": 2]]))
        cluster.run(.seconds(400))
        #expect(unready(cluster) == [])
    }

    @Test("a claim of a missing class keeps its pod from being scheduled, and the class heals it")
    func claimWithoutClass() throws {
        let cluster = try whole()
        try FaultDefinition.builtIn("claim-without-class").inject(["namespace": "shop"], into: cluster.parts)
        cluster.run(.seconds(30))
        #expect(cluster.messages("ProvisioningFailed", namespace: "shop") == ["storageclass.storage.k8s.io \"fast-ssd\" not found"])
        let message = cluster.messages("FailedScheduling", namespace: "shop").joined()
        #expect(message.contains("pod has unbound immediate PersistentVolumeClaims"))
        try cluster.apply(
            """
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: fast-ssd}
            provisioner: ebs.csi.aws.com
            """)
        cluster.run(.seconds(120))
        #expect(cluster.get(Resource.persistentVolumeClaims, "reports", namespace: "shop")?.status["phase"] == "Bound")
        #expect(unready(cluster) == [])
    }

    @Test("a node that is switched off loses its pods to others, and is ready again when it is switched on")
    func nodeDown() throws {
        let cluster = try whole()
        let node = try #require(cluster.list(Resource.nodes).first)
        try FaultDefinition.builtIn("node-down").inject([:], into: cluster.parts)
        cluster.run(.seconds(500))
        #expect(cluster.get(Resource.nodes, node.name, namespace: nil)?.condition("Ready")?["status"] == "Unknown")
        let stuck = cluster.list(Resource.pods).filter { $0.spec["nodeName"]?.stringValue == node.name }
        #expect(!stuck.isEmpty)
        #expect(stuck.allSatisfy { $0.metadata.deletionTimestamp != nil || $0.metadata.controller?.kind == "DaemonSet" })
        try FaultDefinition.builtIn("node-back").inject([:], into: cluster.parts)
        cluster.run(.seconds(60))
        #expect(cluster.get(Resource.nodes, node.name, namespace: nil)?.isReadyPod == true)
        #expect(unready(cluster) == [])
    }

    @Test("a parameter that a fault doesn't have is refused by name")
    func badParameter() throws {
        let cluster = try SteppedCluster("empty")
        let fault = try FaultDefinition.builtIn("dns-blocked-by-policy")
        #expect(throws: ScenarioError.badParameter(fault: fault.id, name: "nmespace", problem: "it knows namespace, partner")) {
            try fault.inject(["nmespace": "x"], into: cluster.parts)
        }
    }
}
