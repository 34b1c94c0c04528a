import Foundation
import KubernetesModel
import Testing
import TextUI
import Troubleshooting

@testable import Explorer

@Suite("EditDraft")
struct EditDraftTests {
    private static func draft() throws -> EditDraft {
        let secret: JSONObject = ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "token"], "data": ["key": "c2VzYW1lIQ=="]]
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "secrets"))
        return try EditDraft(KubernetesObject(secret), target: ObjectTarget(resource: resource, namespace: "shop", name: "token"))
    }

    private func exists(_ draft: EditDraft) -> Bool { FileManager.default.fileExists(atPath: draft.path) }

    @Test("a saved draft is removed")
    func saved() async throws {
        let draft = try Self.draft()
        #expect(exists(draft))
        _ = try await draft.discardingAfter { KubernetesObject([:]) }
        #expect(!exists(draft))
    }

    @Test("a draft that can't be saved stays, and the error says where")
    func failed() async throws {
        let draft = try Self.draft()
        let error = await #expect(throws: ExplorerError.self) {
            _ = try await draft.discardingAfter { throw ExplorerError("the server said no") }
        }
        #expect(exists(draft))
        #expect(error?.description == "the server said no — your text is kept in \(draft.path)")
        draft.discard()
    }

    @Test("declining to save removes the draft", arguments: ["Esc", "n", "Enter"] as [KeyPress])
    func declined(key: KeyPress) throws {
        let draft = try Self.draft()
        let shell = try TestShell.make()
        let write = Write(target: draft.target, request: "PUT \(draft.target.path)") { _ in nil }
        shell.confirm([write], verb: "Save", done: "Changed", text: [], onCancel: draft.discard)
        shell.press(key)
        #expect(!exists(draft))
    }

    @Test("the difference shows the lines that changed")
    func difference() async throws {
        func configMap(_ value: String) -> KubernetesObject {
            KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": ["key": .string(value)]])
        }
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "configmaps"))
        let draft = try EditDraft(configMap("old"), target: ObjectTarget(resource: resource, namespace: "shop", name: "a"))
        defer { draft.discard() }
        #expect(
            await draft.difference(configMap("new")).map(\.text) == [
                "  apiVersion: v1", "  data:", "-   key: old", "+   key: new", "  kind: ConfigMap", "  metadata:", "  …",
            ])
    }

    @Test("of a Secret's values the difference tells that they changed and not what they are, whatever kind it is said to be now")
    func secretDifference() async throws {
        let draft = try Self.draft()
        defer { draft.discard() }
        for kind: JSONValue in ["Secret", "secret"] {
            let edited: JSONObject = ["apiVersion": "v1", "kind": kind, "metadata": ["name": "token"], "data": ["key": "c2VzYW1lIT8="]]
            let texts = await draft.difference(KubernetesObject(edited)).map(\.text)
            #expect(texts.contains("-   key: <7 bytes>") && texts.contains("+   key: <8 bytes>"))
            #expect(!texts.joined().contains("c2Vz"))
        }
    }

    @Test("a Secret that is edited decoded is encoded again, whatever was added, changed or taken away")
    func decoded() async throws {
        let secret: JSONObject = [
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "token"],
            "data": ["key": "c2VzYW1lIQ==", "old": "eA==", "binary": "//79"],
        ]
        let draft = try EditDraft(KubernetesObject(secret), target: try Self.draft().target, decoded: true)
        defer { draft.discard() }
        #expect(try draft.text.contains("  key: sesame!\n"))
        #expect(try draft.text.contains("  binary: //79\n"))
        let text = try draft.text.replacing("key: sesame!", with: "key: open\n  new: more").replacing("  old: x\n", with: "")
        try Data(text.utf8).write(to: URL(filePath: draft.path))
        let edited = try #require(try draft.edited())
        #expect(edited["stringData"] == nil)
        #expect(edited["data"] == ["binary": "//79", "key": "b3Blbg==", "new": "bW9yZQ=="])
        #expect(await draft.difference(edited).map(\.text).contains("+   key: <4 bytes>"))
    }
}
