import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Storage")
struct StorageTests {
    @Test("a claim that asks for more grows while its pod runs")
    func expansion() throws {
        var scenario = try ScenarioDefinition.builtIn("demo")
        scenario.faults = []
        let cluster = SteppedCluster(scenario)
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: default}
            spec: {accessModes: [ReadWriteOnce], storageClassName: gp3, resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec:
              containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
            """)
        cluster.run(.seconds(30))
        let claim = try #require(cluster.get(Resource.persistentVolumeClaims, "data"))
        #expect(claim.status["phase"] == "Bound")
        let size: JSONValue = ["spec": ["resources": ["requests": ["storage": "200Gi"]]]]
        try cluster.perform(.patch(Resource.persistentVolumeClaims, claim.key, size))
        cluster.run(.seconds(1))
        #expect(
            cluster.get(Resource.persistentVolumeClaims, claim.name, namespace: claim.namespace)?.condition("Resizing")?["status"] == "True"
        )
        cluster.run(.seconds(10))
        let grown = try #require(cluster.get(Resource.persistentVolumeClaims, claim.name, namespace: claim.namespace))
        #expect(grown.status["capacity"]?["storage"] == "200Gi")
        #expect(grown.status["conditions"] == nil)
        let volume = cluster.get(Resource.persistentVolumes, grown.spec["volumeName"]?.stringValue ?? "", namespace: nil)
        #expect(volume?.spec["capacity"]?["storage"] == "200Gi")
        #expect(!cluster.messages("FileSystemResizeSuccessful").isEmpty)
    }

    @Test("a volume that nobody can delete for its policy fails, and says why")
    func reclaim() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: v}
            spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], persistentVolumeReclaimPolicy: Delete, hostPath: {path: /data}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: c, namespace: default}
            spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 1Gi}}}
            """)
        cluster.run(.seconds(5))
        #expect(cluster.get(Resource.persistentVolumes, "v", namespace: nil)?.status["phase"] == "Bound")
        try cluster.perform(.delete(Resource.persistentVolumeClaims, ObjectKey(namespace: "default", name: "c")))
        cluster.run(.seconds(5))
        let volume = try #require(cluster.get(Resource.persistentVolumes, "v", namespace: nil))
        #expect(volume.status["phase"] == "Failed")
        #expect(volume.status["message"] == "host_path deleter only supports /tmp/.+ but received provided /data")
        #expect(cluster.messages("VolumeFailedDelete").count == 1)
    }
}
