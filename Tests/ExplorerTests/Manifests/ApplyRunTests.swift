import Foundation
import KubernetesClient
import KubernetesModel
import Testing
import TextUI
import Troubleshooting

@testable import Explorer

@Suite("Applying files", .timeLimit(.minutes(1)))
struct ApplyRunTests {
    private func run(_ text: String, _ served: ServedShell) -> ApplyRun {
        var manifests = Manifests()
        manifests.add(text, file: "all.yaml")
        return ApplyRun(
            manifests, catalog: .builtIn, namespace: "default", client: served.client, rights: served.shell.session.rights, pause: {})
    }

    private static func configMap(_ value: String) -> String {
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: '\(value)'}}"
    }

    @Test("what would be created, changed and left is told before, and done afterwards")
    func states() async throws {
        try await ServedShell.with { served in
            let run = run(Self.configMap("1"), served)
            await run.plan(forced: false)
            #expect(run.entries.map(\.state) == [.creates])
            let found1 = try await served.get("configmaps", "a")
            #expect(found1 == nil)
            served.shell.send(run.writes, done: "Applied")
            await served.settle()
            #expect(run.entries.map(\.state) == [.created])
            await run.plan(forced: false)
            #expect(run.entries.map(\.state) == [.unchanged])
            #expect(run.writes.isEmpty)
            let next = self.run(Self.configMap("2"), served)
            await next.plan(forced: false)
            guard case .changes(let lines)? = next.entries.first?.state else {
                Issue.record("\(next.entries)")
                return
            }
            #expect(lines.map(\.text).filter { !$0.hasPrefix(" ") } == ["-   k: \"1\"", "+   k: \"2\""])
        }
    }

    @Test("another manager's field is a conflict, and is taken over only when that is wanted")
    func conflicts() async throws {
        try await ServedShell.with { served in
            let first = run(Self.configMap("1"), served)
            await first.plan(forced: false)
            served.shell.send(first.writes, done: "Applied")
            await served.settle()
            _ = try await served.client.patch(
                GroupVersionResource(resource: "configmaps"), namespace: "default", name: "a", with: .merge(["data": ["k": "theirs"]]),
                options: WriteOptions(fieldManager: "someone"))
            let run = run(Self.configMap("mine"), served)
            await run.plan(forced: false)
            #expect(run.entries.map(\.state) == [.conflicts([.init(field: ".data.k", manager: "someone")])])
            #expect(run.writes.isEmpty)
            await run.plan(forced: true)
            served.shell.send(run.writes, done: "Applied")
            await served.settle()
            let found2 = try await served.get("configmaps", "a")?["data"]?["k"]
            #expect(found2 == "mine")
        }
    }

    @Test("what is sent is what was confirmed: fields of others are not taken over because that is chosen later")
    func confirmedUnforced() async throws {
        try await ServedShell.with { served in
            let run = run(Self.configMap("mine"), served)
            await run.plan(forced: false)
            let confirmed = run.writes
            _ = try await served.client.create(
                KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": ["k": "theirs"]]),
                as: GroupVersionResource(resource: "configmaps"), namespace: "default", options: WriteOptions(fieldManager: "someone"))
            await run.plan(forced: true)
            served.shell.send(confirmed, done: "Applied")
            await served.settle()
            let found = try await served.get("configmaps", "a")?["data"]?["k"]
            #expect(found == "theirs")
        }
    }

    @Test("asking again reads the files again")
    func again() async throws {
        try await ServedShell.with { served in
            let file = FileManager.default.temporaryDirectory.appending(path: "fathom-apply-\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: file) }
            try Self.configMap("1").write(to: file, atomically: true, encoding: .utf8)
            served.shell.apply(file.path)
            await served.settle()
            #expect(served.shell.picture(width: 100).contains("ConfigMap/a "))
            try Self.configMap("1").replacing("name: a", with: "name: other").write(to: file, atomically: true, encoding: .utf8)
            served.shell.press("Ctrl-R")
            await served.settle()
            #expect(served.shell.picture(width: 100).contains("ConfigMap/other") && served.shell.screens.count == 2)
        }
    }

    @Test("while objects are applied nothing else is begun; what is left is stopped, and can be begun anew")
    func whileApplying() async throws {
        try await ServedShell.with { served in
            let two = Self.configMap("1") + "\n---\n" + Self.configMap("2").replacing("name: a", with: "name: b")
            let run = run(two, served)
            await run.plan(forced: false)
            let screen = ApplyScreen(run, path: "all.yaml", shell: served.shell)
            let writes = run.begin()
            _ = try await writes[0].send(served.client)
            for action: ActionID in ["apply.apply", "apply.force", "apply.plan"] {
                #expect(screen.disabledReason(for: action) == "What was agreed to is still being applied; Ctrl-X stops it")
            }
            await run.plan(forced: true)
            #expect(!run.isForced && run.entries.map(\.state) == [.created, .creates])
            run.stop()
            await #expect(throws: ExplorerError.self) { try await writes[1].send(served.client) }
            #expect(screen.disabledReason(for: "apply.apply") == nil)
            let rest = run.begin()
            _ = try await rest[0].send(served.client)
            #expect(rest.count == 1 && run.entries.map(\.state) == [.created, .created])
        }
    }

    @Test("what the server refuses is told with the file, and the rest is applied")
    func refused() async throws {
        try await ServedShell.with { served in
            let run = run(
                Self.configMap("1") + "\n---\n{apiVersion: v1, kind: Pod, metadata: {name: bad}, spec: {containers: []}}\n", served)
            await run.plan(forced: false)
            #expect(run.entries[0].state == .creates)
            guard case .refused(let reason) = run.entries[1].state else {
                Issue.record("\(run.entries[1].state)")
                return
            }
            #expect(reason.contains("spec.containers"))
            let screen = ApplyScreen(run, path: "all.yaml", shell: served.shell)
            served.shell.push(screen)
            served.shell.press("a")
            #expect(served.shell.picture(width: 120, height: 30).contains("Refused and left out: 1."))
            served.shell.press("y")
            await served.settle()
            let found3 = try await served.get("configmaps", "a")
            #expect(found3 != nil)
        }
    }

    @Test("what the person lacks is told per object, and nothing is tried without it; a right to one name is a right")
    func rights() async throws {
        try await ServedShell.with { served in
            served.shell.session.rights.review = { _, review in
                let question = review.spec["resourceAttributes"]
                let isSecret = question?["resource"]?.stringValue == "secrets"
                let isPatch = question?["verb"]?.stringValue == "patch"
                let isDenied = isSecret ? question?["verb"]?.stringValue != "get" : isPatch && question?["name"]?.stringValue != "a"
                return KubernetesObject(["status": ["allowed": .bool(!isDenied), "reason": "no"]])
            }
            let secret = "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {key: sesame}}"
            let run = run(
                [Self.configMap("1"), secret, Self.configMap("1").replacing("name: a", with: "name: b")].joined(separator: "\n---\n"),
                served)
            await run.plan(forced: false)
            let noSecret = "You may not patch secrets in namespace default: no"
            #expect(
                run.entries.map(\.state) == [
                    .creates, .refused(noSecret), .refused("You may not patch configmaps in namespace default: no"),
                ])
            #expect(run.writes.count == 1)
            let screen = ApplyScreen(run, path: "all.yaml", shell: served.shell)
            served.shell.push(screen)
            served.shell.press("j")
            let picture = served.shell.picture(width: 80, height: 20)
            #expect(picture.contains("refused: You may not") && picture.contains(noSecret), "in its row, and in full below")
        }
    }

    @Test("of a Secret that would be created the details tell how long its values are, and not what they are")
    func secretDetails() async throws {
        try await ServedShell.with { served in
            let run = run("{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {key: sesame}}", served)
            await run.plan(forced: false)
            #expect(run.entries.map(\.state) == [.creates])
            served.shell.push(ApplyScreen(run, path: "s.yaml", shell: served.shell))
            served.shell.press("Enter")
            let picture = served.shell.picture(width: 80, height: 20)
            #expect(picture.contains("key: <6 bytes>") && !picture.contains("sesame"))
        }
    }

    @Test("a kind that the same files define is applied once it is served")
    func definitions() async throws {
        try await ServedShell.with { served in
            let run = run(
                """
                apiVersion: example.com/v1
                kind: Shop
                metadata: {name: corner}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: shops.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: shops, singular: shop, kind: Shop, listKind: ShopList}
                  versions:
                  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
                """, served)
            await run.plan(forced: false)
            #expect(run.entries.map(\.state) == [.creates, .needsOthers])
            for write in run.writes {
                _ = try await write.send(served.client)
                await served.pass(seconds: 5)
            }
            #expect(run.entries.map(\.state) == [.created, .created])
        }
    }
}
