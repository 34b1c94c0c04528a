import Foundation
import KubernetesClient
import KubernetesModel
import Testing

@testable import Explorer

@Suite("The log", .timeLimit(.minutes(1)))
struct MessageLogTests {
    private func withLog(_ body: (Shell, URL) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "fathom-log-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data().write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        let shell = try TestShell.make()
        shell.log = try MessageLog(.init(path: file.path, level: .info)) { TestShell.noon }
        try await body(shell, file)
    }

    @Test("only its owner may read it, though the file was there before")
    func mode() async throws {
        try await withLog { _, file in
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("every request of a change is in it, and none of what is sent")
    func requests() async throws {
        try await withLog { shell, file in
            let target = ObjectTarget(resource: shell.session.builtIn("secrets"), namespace: "shop", name: "s")
            let write = Write(target: target, request: "POST /a {hidden}", furtherRequests: ["PUT /b hidden"], effect: .other) { _ in nil }
            shell.send([write], done: "Done")
            await until { shell.work.pending == 0 }
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("demo: POST /a\n") && text.contains("demo: PUT /b\n") && !text.contains("hidden"))
        }
    }

    @Test("of what failed the log has Fathom's words, and none of a server's or a program's")
    func errors() async throws {
        try await withLog { shell, file in
            let status = ServerStatus(code: 422, reason: "Invalid", message: "data[key]: Invalid value: hunter2")
            let error = ClientError(.update, .init(GroupVersionResource(resource: "secrets"), name: "s"), cause: .status(status))
            shell.report(error)
            #expect(shell.flash?.text.contains("hunter2") == true)
            let target = ObjectTarget(resource: shell.session.builtIn("secrets"), namespace: "shop", name: "s")
            let draft = ExplorerError("\(error) — kept", logged: "\(error.logged) — kept")
            shell.send([Write(target: target, request: "PUT /s", effect: .other) { _ in throw draft }], done: "Changed")
            await until { shell.work.pending == 0 }
            shell.report(ClientError(.list, cause: .credentials("aws failed: hunter2")), after: "Can't look: ")
            shell.report(FileCopy.Failure(description: "tar: hunter2"))
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("error Can't update secrets/s: the cluster refuses it as invalid (422): Invalid\n"))
            #expect(text.contains("(422): Invalid — kept\n") && text.contains("there are no credentials\n") && text.contains(" Failure\n"))
            #expect(!text.contains("hunter2"))
        }
    }

    @Test("a reason that is no word is a quote, too")
    func reasons() {
        let status = ServerStatus(code: 403, reason: "token hunter2")
        #expect(ClientError(.list, cause: .status(status)).logged == "Can't list the cluster: it is forbidden (403)")
    }

    @Test("what may hold a secret is shown and not logged")
    func hidden() async throws {
        try await withLog { shell, file in
            shell.report(.info, "plugin is done: hunter2", logged: "plugin is done")
            #expect(shell.flash?.text == "plugin is done: hunter2")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("info plugin is done\n") && !text.contains("hunter2"))
        }
    }
}
