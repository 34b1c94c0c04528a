import Foundation
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Editing", .timeLimit(.minutes(1)))
struct EditActionTests {
    /// Stands for an editor that saves a text, or not, and ends with a failure.
    private final class FailingEditor: TerminalAccess {
        let isLent = false
        let saved: String?
        private(set) var path = ""

        init(saving text: String?) {
            saved = text
        }

        func run(_ program: String, _ arguments: [String]) async -> Int32 {
            path = arguments.last ?? ""
            try? saved?.write(toFile: path, atomically: true, encoding: .utf8)
            return 3
        }

        func lend(to session: (any ByteTerminal) async -> Void) async -> Bool { false }
        func send(_ bytes: [UInt8]) {}
        func suspend() {}
    }

    @Test("an editor that fails takes no work with it: what was saved is kept, and named", arguments: [nil, "kind: Half"])
    func failing(saved: String?) async throws {
        try await ServedShell.with { served in
            try await served.create([
                KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a", "namespace": "default"]])
            ])
            let editor = FailingEditor(saving: saved)
            served.shell.terminalAccess = editor
            EditAction.start(
                ObjectTarget(resource: served.shell.session.builtIn("configmaps"), namespace: "default", name: "a"), in: served.shell)
            await served.settle()
            defer { try? FileManager.default.removeItem(atPath: editor.path) }
            #expect((try? TextFile.read(editor.path)) == saved)
            let place = saved == nil ? "" : "; your text is kept in \(editor.path)"
            #expect(served.shell.flash?.text == "vi ended with status 3; nothing was changed\(place)")
        }
    }
}
