import KubernetesClient
import KubernetesModel
import ResourceTables
import SimulatedCluster
import SimulatedClusterServer
import Testing

@testable import Explorer

/// A shell over a simulated cluster that is served as a real one is, with a clock that only the test moves.
struct ServedShell {
    let shell: Shell
    private let cluster: SimulatedCluster
    private let server: SimulatedClusterServer
    /// Who may do everything, whoever the shell is.
    private let admin: ClusterClient

    /// - Parameter user: whom the shell is; nil is the administrator.
    static func with(
        _ scenario: String = "empty", guardLevel: GuardLevel = .confirm, as user: String? = nil, _ body: (ServedShell) async throws -> Void
    )
        async throws
    {
        let epoch = Instant(seconds: 1_800_000_000)
        let cluster = SimulatedCluster(scenario: try ScenarioDefinition.builtIn(scenario), seed: 7, clock: epoch)
        let server = try await SimulatedClusterServer.start(
            cluster, name: scenario, time: VirtualTime(epoch: epoch, speed: 0), authority: CertificateAuthority()
        )
        var configuration = try Kubeconfig(text: server.kubeconfig, file: "test").configuration()
        let admin = ClusterClient(configuration)
        configuration.impersonation = user.map { .init(user: $0) }
        let session = ClusterSession(configuration, guardLevel: guardLevel, namespaces: .all)
        let options = ExplorerOptions(configuration: configuration) { [configuration] _ in configuration }
        let shell = Shell(session: session, options: options, theme: Theme(name: "plain", styles: [:]), now: { epoch })
        shell.push(WordScreen())
        let served = ServedShell(shell: shell, cluster: cluster, server: server, admin: admin)
        do {
            try await body(served)
        } catch {
            await served.end()
            throw error
        }
        await served.end()
    }

    var client: ClusterClient { shell.home.client }

    /// Lets the cluster's time pass.
    func pass(seconds: Int) async {
        await cluster.advance(to: await cluster.now + .seconds(seconds))
    }

    /// Waits until nothing is being done.
    func settle() async {
        await until(in: shell) { shell.work.pending == 0 }
    }

    func create(_ objects: [KubernetesObject]) async throws {
        for object in objects {
            guard let resource = ResourceCatalog.builtIn.resource(for: object.groupVersionKind) else {
                throw ExplorerError("\(object.kind) is unknown")
            }
            _ = try await admin.create(object, as: resource.gvr, namespace: object.namespace)
        }
    }

    func get(_ resource: String, _ name: String, namespace: String? = "default") async throws -> KubernetesObject? {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: resource))
        return try await ObjectTarget(resource: resource, namespace: namespace, name: name).readIfThere(admin)
    }

    private func end() async {
        await client.shutdown()
        await admin.shutdown()
        await server.stop()
    }
}
