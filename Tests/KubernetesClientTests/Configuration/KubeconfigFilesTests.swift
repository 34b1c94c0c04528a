import Foundation
import Synchronization
import Testing

@testable import KubernetesClient

@Suite("Kubeconfig files that change")
struct KubeconfigFilesTests {
    private static func text(_ contexts: String...) -> String {
        "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\ncontexts:\n"
            + contexts.map { "- {name: \($0), context: {cluster: c}}\n" }.joined()
    }

    /// Files whose text can be changed.
    private final class Disk: Sendable {
        let text: Mutex<String?>

        init(_ text: String?) {
            self.text = Mutex(text)
        }

        var files: FileAccess {
            FileAccess(
                read: { _ in try self.text.withLock(\.self).map { $0 } ?? { throw CocoaError(.fileReadNoSuchFile) }() },
                exists: { _ in self.text.withLock { $0 != nil } })
        }

        func write(_ new: String?) { text.withLock { $0 = new } }
    }

    @Test("what is added is told once")
    func added() throws {
        let disk = Disk(Self.text("a"))
        let files = try KubeconfigFiles(path: "config", environment: [:], files: disk.files)
        #expect(try files.changed() == nil)
        disk.write(Self.text("a", "b"))
        #expect(try files.changed()?.contexts.map(\.name) == ["a", "b"])
        #expect(try files.changed() == nil)
    }

    @Test("of a file that is broken, empty or gone it is told once, and what it said before stays", arguments: ["contexts: [", "", nil])
    func broken(text: String?) throws {
        let disk = Disk(Self.text("a"))
        let files = try KubeconfigFiles(environment: ["KUBECONFIG": "config"], files: disk.files)
        disk.write(text)
        #expect(throws: KubeconfigError.self) { try files.changed() }
        #expect(try files.changed() == nil)
        #expect(files.current.contexts.map(\.name) == ["a"])
        #expect(try files.current.configuration(KubeconfigOverrides(context: "a")).names.context == "a")
        disk.write(Self.text("b"))
        #expect(try files.changed()?.contexts.map(\.name) == ["b"])
    }

    @Test("what is new counts at once for who goes to a context")
    func current() throws {
        let disk = Disk(Self.text("a"))
        let files = try KubeconfigFiles(path: "config", environment: [:], files: disk.files)
        disk.write(Self.text("b"))
        #expect(files.current.contexts.map(\.name) == ["b"])
        #expect(try files.changed() != nil, "and is told all the same")
    }
}
