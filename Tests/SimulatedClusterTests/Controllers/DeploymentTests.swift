import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Deployments")
struct DeploymentTests {
    static let manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d, namespace: default}
        spec:
          replicas: 2
          selector: {matchLabels: {app: a}}
          template:
            metadata: {labels: {app: a}}
            spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
        """

    @Test("a new Deployment gets a ReplicaSet, and its pods run")
    func settles() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(Self.manifest)
        cluster.run(.seconds(20))
        let pods = cluster.pods()
        #expect(pods.map { $0.status["phase"]?.stringValue } == ["Running", "Running"])
        let deployment = try #require(cluster.get(Resource.deployments, "d"))
        #expect(deployment.status["readyReplicas"]?.intValue == 2)
        #expect(deployment.condition("Progressing")?["reason"]?.stringValue == "NewReplicaSetAvailable")
        #expect(deployment.metadata.annotations["deployment.kubernetes.io/revision"] == "1")
        #expect(cluster.messages("ScalingReplicaSet").count == 1)
        #expect(cluster.messages("Scheduled").count == 2)
        #expect(cluster.messages("Started") == ["Container started"])
    }

    @Test("a new template rolls out, and the old ReplicaSet stays at zero")
    func rollout() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(Self.manifest)
        cluster.run(.seconds(20))
        let containers: JSONValue = [["name": "c", "image": "registry.k8s.io/pause:3.9"]]
        let key = ObjectKey(namespace: "default", name: "d")
        try cluster.perform(.patch(Resource.deployments, key, ["spec": ["template": ["spec": ["containers": containers]]]]))
        cluster.run(.seconds(120))
        let images = cluster.pods().map { $0.spec["containers"]?[0]?["image"]?.stringValue }
        #expect(images == ["registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9"])
        #expect(cluster.list(Resource.replicaSets).map { $0.spec["replicas"]?.intValue }.sorted { $0 ?? 0 < $1 ?? 0 } == [0, 2])
        #expect(cluster.get(Resource.deployments, "d")?.metadata.annotations["deployment.kubernetes.io/revision"] == "2")
    }

    @Test("deleting a Deployment takes its ReplicaSets and pods along")
    func deletion() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(Self.manifest)
        cluster.run(.seconds(20))
        try cluster.perform(.delete(Resource.deployments, ObjectKey(namespace: "default", name: "d")))
        cluster.run(.seconds(60))
        #expect(cluster.list(Resource.replicaSets).isEmpty)
        #expect(cluster.pods().isEmpty)
    }

    @Test("the same seed gives the same cluster, to the byte")
    func deterministic() throws {
        func snapshot() throws -> String {
            let cluster = try SteppedCluster(seed: 7)
            try cluster.apply(Self.manifest)
            cluster.run(.seconds(90))
            return cluster.snapshot
        }
        #expect(try snapshot() == snapshot())
    }
}
