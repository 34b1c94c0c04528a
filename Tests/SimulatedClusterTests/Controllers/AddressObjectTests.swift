import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Objects of Services' addresses")
struct AddressObjectTests {
    private func service(_ address: String) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: default}
        spec: {clusterIP: \(address), ports: [{port: 80}]}
        """
    }

    private func parent(of address: String, in cluster: SteppedCluster) -> JSONValue? {
        cluster.get(Resource.ipAddresses, address, namespace: nil)?.spec["parentRef"]
    }

    @Test("each is an object that names its Service, and goes with it")
    func objects() throws {
        let cluster = try SteppedCluster()
        try cluster.apply(service("10.96.7.7"))
        cluster.run(.seconds(1))
        let web: JSONValue = ["group": "", "resource": "services", "namespace": "default", "name": "web"]
        #expect(parent(of: "10.96.7.7", in: cluster) == web)
        #expect(parent(of: "10.96.0.1", in: cluster)?["name"] == "kubernetes")
        try cluster.perform(.delete(Resource.ipAddresses, ObjectKey(name: "10.96.7.7")))
        cluster.run(.seconds(1))
        #expect(parent(of: "10.96.7.7", in: cluster) == web)
        try cluster.perform(.delete(Resource.services, ObjectKey(namespace: "default", name: "web")))
        cluster.run(.seconds(1))
        #expect(parent(of: "10.96.7.7", in: cluster) == nil)
    }
}
