import KubernetesClient
import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer
import Synchronization
import Troubleshooting

/// A simulated cluster with faults, served as a real one is, with a clock that only the test moves.
struct BrokenCluster {
    let cluster: SimulatedCluster
    let server: SimulatedClusterServer
    let client: ClusterClient
    let troubleshooter: Troubleshooter
    /// The cluster's time, which the troubleshooter's ages are counted to.
    private let clock: Clock

    /// Runs `body` once the cluster has lived for some minutes.
    static func with(
        _ scenario: String, faults: [String], after seconds: Int = 180, _ body: (BrokenCluster) async throws -> Void
    ) async throws {
        var definition = try ScenarioDefinition.builtIn(scenario)
        definition.faults = faults.map { FaultSelection(name: $0) }
        let epoch = Instant(seconds: 1_800_000_000)
        let cluster = SimulatedCluster(scenario: definition, seed: 7, clock: epoch)
        let server = try await SimulatedClusterServer.start(
            cluster, name: scenario, time: VirtualTime(epoch: epoch, speed: 0), authority: CertificateAuthority()
        )
        let configuration = try Kubeconfig(text: server.kubeconfig, file: "test").configuration()
        let client = ClusterClient(configuration)
        let clock = Clock(epoch)
        let broken = BrokenCluster(
            cluster: cluster, server: server, client: client, troubleshooter: Troubleshooter(client) { clock.now }, clock: clock
        )
        await broken.pass(seconds: seconds)
        do {
            try await body(broken)
        } catch {
            await broken.end()
            throw error
        }
        await broken.end()
    }

    /// Lets the cluster's time pass.
    func pass(seconds: Int) async {
        await cluster.advance(to: await cluster.now + .seconds(seconds))
        clock.now = await cluster.now
    }

    private final class Clock: Sendable {
        private let instant: Mutex<Instant>

        init(_ instant: Instant) {
            self.instant = Mutex(instant)
        }

        var now: Instant {
            get { instant.withLock { $0 } }
            set { instant.withLock { $0 = newValue } }
        }
    }

    private func end() async {
        await client.shutdown()
        await server.stop()
    }
}
