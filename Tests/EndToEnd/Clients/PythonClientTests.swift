import Foundation
import Testing

private let python = ProcessInfo.processInfo.environment["FATHOM_PYTHON"]

/// Client libraries of another language; `make test-clients` names a Python that has them.
@Suite("ClientTests: Python", .serialized, .enabled(if: python != nil), .timeLimit(.minutes(5)))
struct PythonClientTests {
    @Test(
        "objects are listed, watched, created, patched and applied, commands run, logs streamed, ports forwarded",
        arguments: ["official.py", "kr8s_client.py"])
    func library(script: String) throws {
        let cluster = try ServedCluster(scenario: "empty")
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Python/\(script)").path
        let result = try Program.run(URL(filePath: python ?? "python3"), [path, cluster.kubeconfig])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasSuffix("done\n"))
    }
}
