import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer

@testable import KubernetesClient

/// A simulated cluster behind real TLS, and its administrator's configuration.
struct LiveCluster {
    let server: SimulatedClusterServer
    let configuration: ClusterConfiguration

    static func start(_ manifests: [KubernetesObject] = []) async throws -> LiveCluster {
        let epoch = Instant(seconds: 1_785_578_400)
        let cluster = SimulatedCluster(scenario: ScenarioDefinition(name: "test", manifests: manifests), seed: 1, clock: epoch)
        let server = try await SimulatedClusterServer.start(
            cluster, name: "test", time: VirtualTime(epoch: epoch, speed: 0), authority: try CertificateAuthority()
        )
        let configuration = try Kubeconfig(text: server.kubeconfig, file: "sim.yaml").configuration()
        return LiveCluster(server: server, configuration: configuration)
    }

    /// Runs `body` with a client, and takes both down afterwards.
    static func with<Result>(
        allowsHTTP2: Bool = true, _ change: (inout ClusterConfiguration) -> Void = { _ in },
        _ body: (ClusterClient) async throws -> Result
    ) async throws -> Result {
        let cluster = try await start()
        var configuration = cluster.configuration
        change(&configuration)
        let client = ClusterClient(configuration, allowsHTTP2: allowsHTTP2)
        do {
            let result = try await body(client)
            await client.shutdown()
            await cluster.server.stop()
            return result
        } catch {
            await client.shutdown()
            await cluster.server.stop()
            throw error
        }
    }
}
