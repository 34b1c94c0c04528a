import Foundation
import KubernetesClient
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

    /// Saves a text the first time, which somebody else's change comes before; afterwards it takes what it is shown.
    private final class BusyEditor: TerminalAccess {
        let isLent = false
        private let change: (String) async -> String
        private(set) var shown: [String] = []

        init(_ change: @escaping (String) async -> String) {
            self.change = change
        }

        func run(_ program: String, _ arguments: [String]) async -> Int32 {
            let path = arguments.last ?? ""
            let text = (try? TextFile.read(path)) ?? ""
            shown.append(text)
            if shown.count == 1 { try? await change(text).write(toFile: path, atomically: true, encoding: .utf8) }
            return 0
        }

        func lend(to session: (any ByteTerminal) async -> Void) async -> Bool { false }
        func send(_ bytes: [UInt8]) {}
        func suspend() {}
    }

    private static func configMap(_ value: String, version: String? = nil) -> KubernetesObject {
        var metadata: JSONObject = ["name": "a", "namespace": "default"]
        metadata["resourceVersion"] = version.map(JSONValue.string)
        return KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": .object(metadata), "data": ["key": .string(value)]])
    }

    @Test("where somebody has changed the same, both values are shown, and editing again brings mine on what is there now")
    func conflict() async throws {
        try await ServedShell.with { served in
            try await served.create([Self.configMap("old")])
            let resource = served.shell.session.builtIn("configmaps")
            let editor = BusyEditor { text in
                let update = Self.configMap("theirs")
                _ = try? await served.client.update(update, as: resource.gvr, namespace: "default", name: "a")
                return text.replacing("key: old", with: "key: mine")
            }
            served.shell.terminalAccess = editor
            EditAction.start(ObjectTarget(resource: resource, namespace: "default", name: "a"), in: served.shell)
            await served.settle()
            let picture = served.shell.picture(width: 100, height: 30)
            #expect(picture.contains(#"data.key is "theirs" now, and "mine" in your text"#))
            served.shell.press("y")
            await served.settle()
            #expect(editor.shown.last?.contains("key: mine") == true)
            #expect(served.shell.picture(width: 100, height: 30).contains("-   key: theirs"))
            served.shell.press("y")
            await served.settle()
            #expect(try await served.get("configmaps", "a")?.json["data"]?["key"]?.stringValue == "mine")
        }
    }

    @Test("a status that was edited is not said to change")
    func status() async throws {
        try await ServedShell.with { served in
            try await served.create([
                KubernetesObject([
                    "apiVersion": "v1", "kind": "Service", "metadata": ["name": "a", "namespace": "default"],
                    "spec": ["ports": [["port": 80]]],
                ])
            ])
            let editor = BusyEditor { text in text.replacing("loadBalancer: {}", with: "loadBalancer: {ingress: [{ip: 1.2.3.4}]}") }
            served.shell.terminalAccess = editor
            EditAction.start(
                ObjectTarget(resource: served.shell.session.builtIn("services"), namespace: "default", name: "a"), in: served.shell)
            await served.settle()
            #expect(editor.shown.first?.contains("loadBalancer: {}") == true)
            #expect(
                served.shell.compositor.count == 1
                    && served.shell.flash?.text == "Nothing was changed: the cluster tells the status, nobody sets it here")
        }
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
