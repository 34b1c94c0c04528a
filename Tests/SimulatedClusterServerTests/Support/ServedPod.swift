import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer
import Testing

/// A served cluster with one running pod, `p`.
enum ServedPod {
    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: default}
        spec: {containers: [{name: c, image: 'docker.io/library/busybox:1.36', command: [sleep, infinity]}]}
        """

    /// Runs `body` against a server with a running pod, then checks that it still serves.
    static func serving(_ body: (RawClient) async throws -> Void) async throws {
        try await serving { _, client in try await body(client) }
    }

    /// As the other one, for those who connect in a way of their own.
    static func serving(_ body: (SimulatedClusterServer, RawClient) async throws -> Void) async throws {
        let epoch = Instant(seconds: 1_785_578_400)
        let cluster = SimulatedCluster(scenario: try ScenarioDefinition.builtIn("empty"), seed: 1, clock: epoch)
        _ = await cluster.handle(
            APIRequest(
                method: "POST", path: "/api/v1/namespaces/default/pods", headers: [("content-type", "application/yaml")],
                body: Array(Self.pod.utf8), clientCertificate: ClientIdentity(commonName: "admin", organizations: ["system:masters"])))
        await cluster.advance(to: epoch + .seconds(20))
        let server = try await SimulatedClusterServer.start(
            cluster, name: "test", time: VirtualTime(epoch: epoch + .seconds(20)), authority: try CertificateAuthority())
        let client = try RawClient(port: server.port, kubeconfig: server.kubeconfig)
        try await body(server, client)
        #expect(try await client.get("/api/v1/namespaces/default/pods/p").hasPrefix("HTTP/1.1 200 OK\r\n"))
        await server.stop()
    }
}
