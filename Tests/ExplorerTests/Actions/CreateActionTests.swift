import Foundation
import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Creating from a template", .timeLimit(.minutes(1)))
struct CreateActionTests {
    /// Stands for an editor in which a person changes a text.
    private final class Editor: TerminalAccess {
        let isLent = false
        private let edit: (String) -> String
        private(set) var shown = ""
        private(set) var path = ""

        init(_ edit: @escaping (String) -> String = { $0 }) {
            self.edit = edit
        }

        func run(_ program: String, _ arguments: [String]) async -> Int32 {
            path = arguments.last ?? ""
            shown = (try? TextFile.read(path)) ?? ""
            try? edit(shown).write(toFile: path, atomically: true, encoding: .utf8)
            return 0
        }

        func lend(to session: (any ByteTerminal) async -> Void) async -> Bool { false }
        func send(_ bytes: [UInt8]) {}
        func suspend() {}
    }

    private func create(_ command: String, _ editor: Editor, in served: ServedShell) async {
        served.shell.terminalAccess = editor
        served.shell.run(command: command)
        await served.settle()
    }

    @Test("what a person makes of the template is created once its request was agreed to, under the name in the text")
    func created() async throws {
        try await ServedShell.with { served in
            let editor = Editor { $0.replacing("name: web", with: "name: shop").replacing("replicas: 1", with: "replicas: 3") }
            await create("create deploy web", editor, in: served)
            #expect(editor.shown.contains("kind: Deployment\n") && editor.shown.contains("app: web\n"))
            #expect(served.shell.picture(width: 100, height: 40).contains("POST /apis/apps/v1/namespaces/default/deployments shop"))
            let before = try await served.get("deployments", "shop")
            #expect(before == nil)
            served.shell.press("y")
            await served.settle()
            let after = try await served.get("deployments", "shop")
            #expect(after?.spec["replicas"] == 3)
            #expect(!FileManager.default.fileExists(atPath: editor.path))
        }
    }

    @Test("a template that is left as it is is asked about, also where nothing else is")
    func untouched() async throws {
        try await ServedShell.with(guardLevel: .open) { served in
            let editor = Editor()
            await create("create cm web", editor, in: served)
            #expect(served.shell.picture(width: 100, height: 30).contains("Create configmap default/web?"))
            served.shell.press("Esc")
            await served.settle()
            let found = try await served.get("configmaps", "web")
            #expect(found == nil)
            #expect(!FileManager.default.fileExists(atPath: editor.path))
        }
    }

    @Test("what the server would refuse is told beside its line before anything is asked, and the text is kept")
    func refused() async throws {
        try await ServedShell.with { served in
            let editor = Editor { $0.replacing("name: web", with: "name: Not_A_Name") }
            await create("create configmap web", editor, in: served)
            defer { try? FileManager.default.removeItem(atPath: editor.path) }
            let picture = served.shell.picture(width: 110, height: 30)
            #expect(picture.contains("can't be created like this") && picture.contains("metadata.name"), "\(picture)")
            #expect(FileManager.default.fileExists(atPath: editor.path))
        }
    }

    @Test("a kind that is made another, and one that nobody knows, are refused")
    func kinds() async throws {
        try await ServedShell.with { served in
            let editor = Editor { $0.replacing("kind: ConfigMap", with: "kind: Secret") }
            await create("create cm web", editor, in: served)
            defer { try? FileManager.default.removeItem(atPath: editor.path) }
            #expect(served.shell.picture(width: 110, height: 30).contains("the text must be a"))
            served.shell.press("Esc")
            await create("create nonsense", editor, in: served)
            #expect(served.shell.flash?.text == "Unknown resource: nonsense")
        }
    }

    @Test("the server accepts every template as it is")
    func templates() async throws {
        try await ServedShell.with { served in
            for kind in ObjectTemplates.kinds {
                let resource = try #require(ResourceCatalog.builtIn.resource(named: kind))
                let template = try ObjectTemplates.template(of: resource, named: "web", namespace: "default")
                _ = try await served.client.create(
                    template, as: resource.gvr, namespace: resource.isNamespaced ? "default" : nil)
            }
        }
    }
}
