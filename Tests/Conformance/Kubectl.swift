import Foundation
import KubernetesModel
import SimulatedCluster

/// Runs kubectl against a served cluster, whose clock moves on as long as a command runs, and faster than the machine's.
struct Kubectl {
    struct Result: Sendable {
        let status: Int
        let output: String
        let errors: String
    }

    /// The one to test with, which `make test-clients` names.
    static let path = ProcessInfo.processInfo.environment["FATHOM_KUBECTL"]

    private let cluster: SimulatedCluster
    private let folder: URL
    private var kubeconfig: String { folder.appending(path: "kubeconfig").path }

    /// - Parameter folder: of this cluster alone, for kubectl's files.
    init(cluster: SimulatedCluster, kubeconfig: String, folder: URL) throws {
        self.cluster = cluster
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try kubeconfig.write(toFile: self.kubeconfig, atomically: true, encoding: .utf8)
    }

    func run(_ arguments: [String], input: String, within limit: Duration) async throws -> Result {
        let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
        let process = Process()
        process.executableURL = URL(filePath: Self.path ?? "/usr/bin/kubectl")
        process.arguments = ["--kubeconfig", kubeconfig] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["KUBECACHEDIR": folder.path]) { $1 }
        process.standardInput = try handle(folder.appending(path: "input"), containing: input, for: .reading)
        process.standardOutput = try handle(output, containing: "", for: .writing)
        process.standardError = try handle(errors, containing: "", for: .writing)
        let clock = Task { await runClock() }
        let watchdog = Task {
            try await Task.sleep(for: limit)
            process.terminate()
        }
        defer {
            clock.cancel()
            watchdog.cancel()
        }
        try await end(of: process)
        return Result(status: Int(process.terminationStatus), output: try text(output), errors: Self.withoutNotes(try text(errors)))
    }

    private func end(of process: Process) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }

    /// Five times as fast as the machine's.
    private func runClock() async {
        while (try? await Task.sleep(for: .milliseconds(10))) != nil {
            await cluster.advance(to: await cluster.now + .milliseconds(50))
        }
    }

    private enum Direction {
        case reading
        case writing
    }

    private func handle(_ file: URL, containing text: String, for direction: Direction) throws -> FileHandle {
        try Data(text.utf8).write(to: file)
        return direction == .reading ? try FileHandle(forReadingFrom: file) : try FileHandle(forWritingTo: file)
    }

    private func text(_ file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    /// What a command says about itself, not about the cluster.
    private static func withoutNotes(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            !line.contains("version difference between client") && (try? /[IWE]\d{4} \d\d:/.prefixMatch(in: line)) == nil
        }.joined(separator: "\n")
    }
}
