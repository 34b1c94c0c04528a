import Foundation

/// A simulated cluster, served by a process of its own.
final class CrowdServer {
    static let fathom = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "fathom")

    let folder: URL
    let kubeconfig: String
    private let process = Process()

    /// A cluster of many pods.
    convenience init(pods: Int, changesPerSecond: Int) throws {
        try self.init(scenario: "large:pods=\(pods),nodes=\(max(2, pods / 100)),churn=\(changesPerSecond)")
    }

    init(scenario: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fathom-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        kubeconfig = folder.appending(path: "cluster.yaml").path
        let output = Pipe()
        process.executableURL = Self.fathom
        process.arguments = ["sim", "serve", "--scenario", scenario, "--port", "0", "--kubeconfig", kubeconfig]
        process.standardOutput = output
        try process.run()
        // It prints a line when it serves.
        guard try output.fileHandleForReading.read(upToCount: 1) != nil else {
            throw PseudoTerminal.SpawnError(description: "the simulated cluster did not start")
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
