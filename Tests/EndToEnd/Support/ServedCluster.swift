import Foundation
import Glibc

/// A `fathom sim serve` of its own, with a kubeconfig in a temporary folder.
final class ServedCluster {
    struct StartFailure: Error, CustomStringConvertible {
        let description: String
    }

    let kubeconfig: String
    let folder: URL
    private let arguments: [String]
    private var process: Process
    private let port: String

    init(scenario: String, arguments: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        kubeconfig = folder.appending(path: "sim.yaml").path
        self.arguments = ["sim", "serve", "--scenario", scenario, "--kubeconfig", kubeconfig] + arguments
        (process, port) = try Self.start(self.arguments, port: "0")
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Lets it die without a farewell.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Starts it again where it was, for the credentials it gave out.
    func restart() throws {
        (process, _) = try Self.start(arguments, port: port)
    }

    private static func start(_ arguments: [String], port: String) throws -> (Process, String) {
        let output = Pipe()
        let process = Process()
        process.executableURL = Program.fathom
        process.arguments = arguments + ["--port", port]
        process.standardOutput = output
        try process.run()
        // The line comes when the cluster answers; a process that ends instead closes the pipe.
        guard let address = try firstLine(of: output.fileHandleForReading).firstMatch(of: /https:\/\/[0-9.]+:([0-9]+)/) else {
            throw StartFailure(description: "fathom sim serve did not start")
        }
        return (process, String(address.1))
    }

    private static func firstLine(of handle: FileHandle) throws -> String {
        var line: [UInt8] = []
        while let byte = try handle.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
