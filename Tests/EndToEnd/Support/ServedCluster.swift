import Foundation

/// A `fathom sim serve` of its own, with a kubeconfig in a temporary folder.
final class ServedCluster {
    struct StartFailure: Error, CustomStringConvertible {
        let description: String
    }

    let kubeconfig: String
    let folder: URL
    private let process = Process()

    init(scenario: String, arguments: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        kubeconfig = folder.appending(path: "sim.yaml").path
        let output = Pipe()
        process.executableURL = Program.fathom
        process.arguments = ["sim", "serve", "--scenario", scenario, "--port", "0", "--kubeconfig", kubeconfig] + arguments
        process.standardOutput = output
        try process.run()
        // The line comes when the cluster answers; a process that ends instead closes the pipe.
        guard try Self.firstLine(of: output.fileHandleForReading).contains("https://") else {
            throw StartFailure(description: "fathom sim serve did not start")
        }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func firstLine(of handle: FileHandle) throws -> String {
        var line: [UInt8] = []
        while let byte = try handle.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
