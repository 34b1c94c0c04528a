import Foundation
import KubernetesClient
import KubernetesModel
import Testing

@testable import Explorer

/// Copies between here and a container of the simulated cluster, over its real connections.
@Suite("Copying", .timeLimit(.minutes(5)))
struct CopyingTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-copying-\(UUID().uuidString)").path

    /// With a pod that runs, and a way to copy from it.
    private func withPod(_ body: (ClusterClient, FileCopy) async throws -> Void) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await ServedShell.with { served in
            let pod: JSONObject = [
                "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "a", "namespace": "default"],
                "spec": ["containers": [["name": "app", "image": "busybox", "command": ["sleep", "1000000"]]]],
            ]
            try await served.create([KubernetesObject(pod)])
            await served.pass(seconds: 60)
            #expect(try await served.get("pods", "a")?.status["phase"]?.stringValue == "Running")
            // Programs take their time.
            let passing = Task { while !Task.isCancelled { await served.pass(seconds: 1) } }
            defer { passing.cancel() }
            try await body(served.client, FileCopy(client: served.client, pod: "a", namespace: "default", container: "app"))
        }
    }

    @Test("however often a file is downloaded, it comes whole, and its own size is told", arguments: [10, 3_000_000])
    func downloads(size: Int) async throws {
        try await withPod { client, copy in
            _ = try await client.run(
                ["sh", "-c", "head -c \(size) /dev/zero > /tmp/file"], pod: "a", namespace: "default", container: "app")
            for number in 1...10 {
                let progress = try await copy.download("/tmp/file", to: folder + "/\(number)") { _ in }
                #expect(progress.bytes == size && progress.files == 1)
                let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/\(number)")
                #expect(attributes[.size] as? Int == size)
                try FileManager.default.removeItem(atPath: folder + "/\(number)")
            }
        }
    }
}
