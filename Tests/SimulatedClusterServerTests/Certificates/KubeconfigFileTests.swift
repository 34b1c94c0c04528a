import Foundation
import Testing

@testable import SimulatedClusterServer

@Suite("Kubeconfig files")
struct KubeconfigFileTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "fathom-\(UUID().uuidString).yaml").path

    @Test("a file is readable by its owner alone, and replaced when it is ours")
    func writesAndReplaces() throws {
        defer { unlink(path) }
        let file = KubeconfigFile(path: path)
        try file.write(KubeconfigFile.signature + "\nfirst: 1\n")
        try file.write(KubeconfigFile.signature + "\nsecond: 2\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasSuffix("second: 2\n"))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("a file of somebody else's is left alone, and the message names it")
    func refusesForeignFiles() throws {
        defer { unlink(path) }
        try "apiVersion: v1\n".write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: KubeconfigFile.WriteError.self) { try KubeconfigFile(path: path).write("x") }
        #expect(error?.description.contains(path) == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "apiVersion: v1\n")
    }

    @Test("a folder that isn't there is an error, not a crash")
    func refusesMissingFolders() {
        #expect(throws: KubeconfigFile.WriteError.self) { try KubeconfigFile(path: "/nonexistent/folder/file").write("x") }
    }
}
