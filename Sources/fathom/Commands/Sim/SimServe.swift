import ArgumentParser
import Foundation
import KubernetesModel
import SimulatedCluster
import SimulatedClusterServer

struct SimServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a simulated cluster on the loopback interface until interrupted."
    )

    @Option(help: ArgumentHelp("What the cluster starts with.", valueName: "scenario[:key=value,…]"))
    var scenario = ParameterizedName(SimulationOptions.defaultScenario)

    @Option(
        help: ArgumentHelp("What to break; may be given several times. `fathom sim faults` lists them.", valueName: "fault[:key=value,…]")
    )
    var fault: [ParameterizedName] = []

    @Option(help: "The port to serve on; 0 takes a free one.")
    var port: UInt16 = 8443

    @Option(help: "The seed of everything that is left to chance.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp("What the cluster's clock shows at the start, in RFC 3339; the machine's time if not given.", valueName: "time")
    )
    var epoch: String?

    @Option(help: "Virtual seconds per second; 0 lets the clock stand still.")
    var speed = 1.0

    @Option(help: ArgumentHelp("Users who come with a bearer token, a line each: token,user,uid,\"group1,group2\".", valueName: "file"))
    var tokenAuthFile: String?

    @Option(help: "The file that gets the cluster's address and an administrator's credentials.")
    var kubeconfig: String

    func validate() throws {
        // Beyond, neither the cluster's time nor the time to its next step is a number any more.
        guard speed == 0 || (0.001...100_000).contains(speed) else {
            throw ValidationError("--speed is 0, or a number from 0.001 to 100000")
        }
        if let epoch, KubernetesTime.parse(epoch) == nil { throw ValidationError("--epoch is a time such as 2026-01-31T12:00:00Z") }
    }

    func run() async throws {
        let file = KubeconfigFile(path: kubeconfig)
        try file.checkIsOurs()
        var settings = SimulationHost.Settings(
            scenario: scenario, faults: fault, seed: seed, epoch: epoch.flatMap(KubernetesTime.parse), speed: speed, port: Int(port)
        )
        settings.authorityKeyPEM = file.authorityKeyPEM
        if let tokenAuthFile { settings.staticTokens = try Self.tokens(in: tokenAuthFile) }
        let host = try await SimulationHost.start(settings)
        try file.write(host.server.kubeconfig)
        print("Serving \(scenario.name) on https://127.0.0.1:\(host.server.port), kubeconfig \(kubeconfig). Stop with Ctrl-C.")
        fflush(nil)
        await TerminationSignal.wait()
        await host.server.stop()
    }

    private static func tokens(in path: String) throws(CommandFailure) -> StaticTokens {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw CommandFailure("can't read the token file \(path): \(error.localizedDescription)", status: .wrongUsage)
        }
        do {
            return try StaticTokens(csv: text)
        } catch {
            throw CommandFailure("can't use the token file \(path), \(error)", status: .wrongUsage)
        }
    }
}
