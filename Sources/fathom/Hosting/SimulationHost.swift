import Foundation
import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer

/// A simulated cluster that runs in this process.
struct SimulationHost {
    /// How it starts.
    struct Settings {
        var scenario: ParameterizedName
        var faults: [ParameterizedName] = []
        /// False leaves out what is broken in the scenario from the start.
        var keepsScenarioFaults = true
        /// Created after the scenario's own.
        var manifests: [KubernetesObject] = []
        var seed: UInt64 = 1
        /// What its clock shows at the start; nil for the machine's.
        var epoch: Instant?
        var speed = 1.0
        var port = 0
        /// The authority's key of an earlier run; nil makes a new one.
        var authorityKeyPEM: String?
        var staticTokens = StaticTokens()
    }

    let server: SimulatedClusterServer

    /// - Throws: `ScenarioError` for what the settings name, `SimulatedClusterServer.StartError`.
    static func start(_ settings: Settings) async throws -> SimulationHost {
        // Of a kubeconfig whose key somebody has damaged the certificates are worth nothing any more: it gets new ones.
        let authority = try (try? CertificateAuthority(privateKeyPEM: settings.authorityKeyPEM)) ?? CertificateAuthority()
        let epoch = settings.epoch ?? .wallClock
        var scenario = try ScenarioDefinition.builtIn(settings.scenario.name, parameters: settings.scenario.parameters)
        scenario.certificateAuthority = authority
        scenario.staticTokens = settings.staticTokens
        scenario.manifests += settings.manifests
        if !settings.keepsScenarioFaults { scenario.faults = [] }
        for fault in settings.faults {
            let selection = FaultSelection(name: fault.name, parameters: fault.parameters)
            try FaultDefinition.builtIn(fault.name).check(selection.parameters)
            scenario.faults.append(selection)
        }
        // Its clock goes on while the scenario is set up: what is new afterwards would look older than it is.
        let time = VirtualTime(epoch: epoch, speed: settings.speed)
        let cluster = SimulatedCluster(scenario: scenario, seed: settings.seed, clock: epoch)
        if let problem = await cluster.loadingProblems.first {
            throw CommandFailure("the scenario \(settings.scenario.name) can't be set up: \(problem)", status: .wrongUsage)
        }
        let server = try await SimulatedClusterServer.start(
            cluster, name: settings.scenario.name, time: time, authority: authority, port: settings.port
        )
        return SimulationHost(server: server)
    }
}
