import Foundation
import KubernetesClient

/// A program that runs without the terminal.
enum BackgroundProgram {
    /// How much of what it writes is kept, in characters, of its output and of its errors.
    private static let mostOutput = 64 << 10

    /// Runs it to its end, however long it takes.
    /// - Returns: its exit status, and the end of what it wrote: last of all what tells why it failed, where it did.
    static func run(_ words: [String]) async -> (status: Int32, output: String) {
        let program = Program(path: "/usr/bin/env", arguments: words, environment: ProcessInfo.processInfo.environment)
        do {
            let result = try await ProgramRunner.processes(timeLimit: nil).run(program)
            let texts = result.status == 0 ? [result.error, result.output] : [result.output, result.error]
            return (result.status ?? -1, texts.filter { !$0.isEmpty }.map { String($0.suffix(mostOutput)) }.joined(separator: "\n"))
        } catch {
            return (127, "\(error.localizedDescription)")
        }
    }
}
