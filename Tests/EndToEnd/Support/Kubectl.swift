import Foundation
import Testing

/// Unmodified kubectl on a simulated cluster of its own; `make test-clients` names the kubectl to use.
struct Kubectl {
    static let path = ProcessInfo.processInfo.environment["FATHOM_KUBECTL"]
    static var isAvailable: Bool { path != nil }
    static var program: URL { URL(filePath: path ?? "/usr/bin/kubectl") }

    let cluster: ServedCluster
    /// For files that a test makes; it goes with the cluster.
    var folder: URL { cluster.folder }

    init(_ scenario: String = "empty") throws {
        cluster = try ServedCluster(scenario: scenario)
    }

    private func arguments(_ words: [String]) -> [String] {
        ["--kubeconfig", cluster.kubeconfig, "--cache-dir", folder.appending(path: "cache").path] + words
    }

    /// Runs a command, however it ends.
    func run(_ words: String..., input: String = "", environment: [String: String] = [:]) throws -> Program.Result {
        try Program.run(Self.program, arguments(words), input: input, environment: environment)
    }

    /// Runs a command that must succeed and returns what it prints.
    @discardableResult
    func output(_ words: String..., input: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        try output(words: words, input: input, sourceLocation: sourceLocation)
    }

    func output(words: [String], input: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let result = try Program.run(Self.program, arguments(words), input: input)
        #expect(result.status == 0, "kubectl \(words.joined(separator: " ")): \(result.errors)", sourceLocation: sourceLocation)
        return result.output
    }

    /// Starts a command that goes on: beside others, or with a person at its terminal.
    func start(_ words: String..., terminal: Bool = false) throws -> RunningProgram {
        try RunningProgram(Self.program, arguments(words), terminal: terminal)
    }

    /// Writes a file for `-f` and returns its path.
    func file(_ name: String, _ text: String) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url.path
    }

    /// A pod of one container `c` in the shell image, once it runs.
    func runPod(
        _ name: String = "p", _ fields: String = "command: [sleep, infinity]", labels: String = "{}", volumes: String = "[]"
    ) throws {
        let manifest = """
            apiVersion: v1
            kind: Pod
            metadata: {name: \(name), labels: \(labels)}
            spec:
              terminationGracePeriodSeconds: 1
              volumes: \(volumes)
              containers: [{name: c, image: 'docker.io/library/busybox:1.36', \(fields)}]
            """
        try output("apply", "-f", "-", input: manifest)
        try output("wait", "--for=condition=Ready", "pod/\(name)", "--timeout=60s")
    }
}
