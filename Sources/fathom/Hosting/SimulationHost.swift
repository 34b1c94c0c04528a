import Foundation
import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer

/// A simulated cluster that runs in this process.
struct SimulationHost {
    /// How it starts.
    struct Settings {
        var scenario: String
        var seed: UInt64 = 1
        /// What its clock shows at the start; nil for the machine's.
        var epoch: Instant?
        var speed = 1.0
        var port = 0
    }

    let server: SimulatedClusterServer

    static func start(_ settings: Settings) async throws -> SimulationHost {
        let epoch = settings.epoch ?? .wallClock
        let scenario = try ScenarioDefinition.builtIn(settings.scenario)
        let cluster = SimulatedCluster(scenario: scenario, seed: settings.seed, clock: epoch)
        let time = VirtualTime(epoch: epoch, speed: settings.speed)
        return SimulationHost(server: try await .start(cluster, name: settings.scenario, time: time, port: settings.port))
    }
}

extension Instant {
    /// The machine's time of day.
    static var wallClock: Instant {
        Instant(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
    }
}
