import Foundation
import Synchronization

/// A program to run, and what came of it.
struct Program: Sendable {
    var path: String
    var arguments: [String]
    var environment: [String: String]

    struct Result: Sendable {
        var output: String
        var error: String
        /// Nil when it was stopped because it took too long.
        var status: Int32?
    }
}

/// Runs programs without a terminal; tests put their own in place.
struct ProgramRunner: Sendable {
    var run: @Sendable (Program) async throws -> Program.Result
    var isExecutable: @Sendable (String) -> Bool

    static let timeLimit = Duration.seconds(60)

    static let processes = ProgramRunner(
        run: { try await runProcess($0) },
        isExecutable: { FileManager.default.isExecutableFile(atPath: $0) }
    )

    private static func runProcess(_ program: Program) async throws -> Program.Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program.path)
        process.arguments = program.arguments
        process.environment = program.environment
        process.standardInput = FileHandle.nullDevice
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        let ended = AsyncStream<Int32?>.makeStream()
        process.terminationHandler = { ended.continuation.yield($0.terminationStatus) }
        try process.run()
        let identifier = process.processIdentifier
        // Both are read while it runs: a program that fills a pipe nobody reads never ends.
        async let outputText = text(output.fileHandleForReading)
        async let errorText = text(error.fileHandleForReading)
        let timer = Task {
            try await Task.sleep(for: timeLimit)
            kill(identifier, SIGKILL)
            ended.continuation.yield(nil)
        }
        defer { timer.cancel() }
        var iterator = ended.stream.makeAsyncIterator()
        let status = await iterator.next() ?? nil
        // The identifier may soon be another program's, and a child may hold the pipes open for long.
        if status != nil { timer.cancel() }
        // A child of its own may hold the pipes open for ever: what is killed is not waited for.
        if status == nil { try? output.fileHandleForReading.close(); try? error.fileHandleForReading.close() }
        return await Program.Result(output: outputText, error: errorText, status: status)
    }

    private static func text(_ handle: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let data = (try? handle.readToEnd()) ?? nil
                continuation.resume(returning: String(decoding: data ?? Data(), as: UTF8.self))
            }
        }
    }
}
