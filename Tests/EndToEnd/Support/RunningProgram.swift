import Foundation

/// A program that goes on beside the test: it is written to, and waited for by what it prints.
final class RunningProgram {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private(set) var text = ""

    /// - Parameter terminal: whether it gets a terminal, by `script`.
    init(_ program: URL, _ arguments: [String], terminal: Bool) throws {
        let words = [program.path] + arguments
        if terminal {
            process.executableURL = URL(filePath: "/usr/bin/script")
            process.arguments = ["-qefc", words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " "), "/dev/null"]
        } else {
            process.executableURL = program
            process.arguments = arguments
        }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    var isRunning: Bool { process.isRunning }

    func type(_ text: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    func endInput() throws {
        try input.fileHandleForWriting.close()
    }

    /// Reads until a text has been printed.
    /// - Throws: when the program ends without it.
    func wait(for expected: String) throws {
        while !text.contains(expected) {
            guard read() else { throw Failure(description: "it ended without printing \(expected):\n\(text)") }
        }
    }

    /// Reads to the end.
    /// - Returns: the exit code.
    func waitForEnd() -> Int32 {
        while read() {}
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func read() -> Bool {
        let data = output.fileHandleForReading.availableData
        text += String(decoding: data, as: UTF8.self)
        return !data.isEmpty
    }
}
