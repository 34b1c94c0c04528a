import Foundation
import KubernetesModel

/// Runs a credential plugin: an argument vector, never a shell; the terminal stays ours.
struct ExecPlugin: Sendable {
    let configuration: ExecPluginConfiguration
    let run: ProgramRunner
    let environment: [String: String]

    init(
        _ configuration: ExecPluginConfiguration, run: ProgramRunner = .processes,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.configuration = configuration
        self.run = run
        self.environment = environment
    }

    /// - Throws: `.credentials`, with the plugin's own words.
    func credential() async throws(ClientError.Cause) -> ExecCredential {
        guard configuration.interactiveMode != .always else {
            throw .credentials(
                "\(name) wants to ask questions on a terminal of its own; run it once in a shell, or set interactiveMode to IfAvailable")
        }
        var environment = environment.merging(configuration.environment) { _, own in own }
        environment["KUBERNETES_EXEC_INFO"] = info
        guard let path = find(environment["PATH"] ?? "") else { throw .credentials(notFound) }
        let program = Program(path: path, arguments: configuration.arguments, environment: environment)
        let result: Program.Result
        do {
            result = try await run.run(program)
        } catch {
            throw .credentials("\(name) could not be run: \(error)")
        }
        guard let status = result.status else {
            throw .credentials("\(name) did not end within \(ProgramRunner.timeLimit.components.seconds) s")
        }
        guard status == 0 else { throw .credentials("\(name) failed (exit status \(status))\(Self.tail(result.error))") }
        do throws(ExecCredential.Failure) {
            return try ExecCredential(output: result.output, apiVersion: configuration.apiVersion)
        } catch {
            throw .credentials("\(name) gave no credentials: \(error.problem)")
        }
    }

    private var name: String { "`\(configuration.name)`" }

    private var notFound: String {
        let hint = configuration.installHint.map { "; " + $0 } ?? ""
        return "the program \(configuration.command), which the kubeconfig asks for credentials, is not installed\(hint)"
    }

    /// The value of `KUBERNETES_EXEC_INFO`.
    var info: String {
        var spec: JSONObject = ["interactive": false]
        if let cluster = configuration.clusterInfo { spec["cluster"] = cluster }
        let json: JSONObject = [
            "apiVersion": .string(configuration.apiVersion), "kind": "ExecCredential", "spec": .object(spec),
        ]
        return String(decoding: JSONWriter.compact(.object(json)), as: UTF8.self)
    }

    private func find(_ path: String) -> String? {
        let command = configuration.command
        let candidates = command.contains("/") ? [command] : path.split(separator: ":").map { "\($0)/\(command)" }
        return candidates.first { run.isExecutable($0) }
    }

    /// The last words of a program that failed.
    private static func tail(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        return lines.isEmpty ? "" : ": " + lines.suffix(3).joined(separator: " ")
    }
}
