import Foundation
import KubernetesClient
import Labs

/// A lab that runs in another process.
struct RunningLab {
    let lab: Lab
    var run: LabRun

    /// - Throws: `LabError` when no such lab runs, or several do and none is named.
    init(_ choice: LabChoice) throws {
        let environment = ProcessInfo.processInfo.environment
        let catalog = LabCatalog(environment: environment)
        if let name = choice.name { _ = try catalog.lab(named: name) }
        run = try LabState(environment: environment).run(named: choice.name)
        lab = try catalog.lab(named: run.lab)
    }

    /// Talks to the lab's cluster.
    /// - Throws: `LabError` while the lab starts.
    func withClient<Value>(_ body: (ClusterClient) async throws -> Value) async throws -> Value {
        try run.requireCluster()
        let client = ClusterClient(try ClusterConfiguration.load(path: run.kubeconfigPath))
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(client))
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        return try result.get()
    }
}
