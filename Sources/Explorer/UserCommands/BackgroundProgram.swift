import Foundation

/// A program that runs without the terminal.
enum BackgroundProgram {
    /// Runs it to its end.
    /// - Returns: its exit status, and the end of what it wrote.
    static func run(_ words: [String]) async -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        do {
            try process.run()
        } catch {
            return (127, "\(error.localizedDescription)")
        }
        let reader = output.fileHandleForReading
        return await withCheckedContinuation { continuation in
            // Reading blocks a thread, so it takes one of its own.
            DispatchQueue.global().async {
                let data = (try? reader.readToEnd()) ?? Data()
                process.waitUntilExit()
                continuation.resume(returning: (process.terminationStatus, String(decoding: data.suffix(4096), as: UTF8.self)))
            }
        }
    }
}
