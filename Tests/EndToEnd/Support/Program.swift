import Foundation

/// Runs other programs: the built `fathom`, and clients of the simulated cluster.
enum Program {
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The `fathom` that was built together with these tests.
    static let fathom: URL = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "fathom")
    }()

    /// Runs a program to its end.
    static func run(_ program: URL, _ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Result {
        let process = Process()
        let (output, errors, standardInput) = (Pipe(), Pipe(), Pipe())
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = standardInput
        try process.run()
        let reading = DispatchQueue(label: "errors")
        let errorText = Reading(errors.fileHandleForReading, on: reading)
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: text, errors: errorText.text())
    }
}

/// A pipe that is read to its end beside another one, so that neither fills up.
private final class Reading: Sendable {
    private let queue: DispatchQueue
    private let box = Box()

    private final class Box: @unchecked Sendable {
        var text = ""  // Touched on the queue only.
    }

    init(_ handle: FileHandle, on queue: DispatchQueue) {
        self.queue = queue
        let box = box
        queue.async { box.text = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self) }
    }

    func text() -> String {
        let box = box
        return queue.sync { box.text }
    }
}
