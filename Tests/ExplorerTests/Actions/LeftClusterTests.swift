import Foundation
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

/// What reads before it asks, and a person goes to another cluster meanwhile.
@Suite("Commands whose cluster was left", .timeLimit(.minutes(1)))
struct LeftClusterTests {
    /// What is said when another cluster is selected before the command has read anything.
    private func said(_ act: (Shell) throws -> Void) async throws -> String? {
        var text: String?
        try await ServedShell.with { here in
            try await ServedShell.with { there in
                try act(here.shell)
                here.shell.push(WordScreen(), of: there.shell.session)
                _ = here.shell.picture()
                #expect(here.shell.session === there.shell.session)
                await here.settle()
                #expect(here.shell.compositor.count == 1)
                text = here.shell.flash?.text
            }
        }
        return text
    }

    private let sentence = "Nothing was done: another cluster was chosen meanwhile."

    @Test("sanitizing says that nothing was done")
    func sanitize() async throws {
        let said = try await said { $0.sanitize(try #require(CommandLine("sanitize"))) }
        #expect(said == sentence)
    }

    @Test("applying and deleting what a file describes say that nothing was done")
    func manifests() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}".write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let applied = try await said { $0.apply(file.path) }
        let deleted = try await said { $0.deleteObjects(in: file.path) }
        #expect(applied == sentence && deleted == sentence)
    }
}
