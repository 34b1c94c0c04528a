import Foundation
import KubernetesClient
import Testing
import TextUI

@testable import Explorer

@Suite("Contexts")
struct ContextsScreenTests {
    private static let kubeconfig = """
        contexts:
        - context: {cluster: a, user: me}
          name: demo
        - context: {cluster: b, user: me}
          name: old
        current-context: demo

        """

    @Test("one is renamed and deleted in its file after what would be written was shown; the explored one stays")
    func changing() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "fathom-contexts-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(FileManager.default.createFile(atPath: file, contents: Data(Self.kubeconfig.utf8)))
        let contexts = ["demo", "old"].map { ExplorerOptions.Context(name: $0, cluster: "a", user: "me", namespace: "default") }
        let shell = try TestShell.make(contexts: contexts, fileOfContext: { _ in file })
        shell.push(ContextsScreen(shell: shell))
        shell.press("r")
        #expect(shell.flash?.text == "This context is the one that is explored: go to another first")
        shell.press("Down", "r", "Ctrl-Q")
        shell.type("new")
        shell.press("Enter")
        let picture = shell.picture(width: 120, height: 24)
        #expect(picture.contains("-   name: old") && picture.contains("+   name: \"new\"") && picture.contains("write \(file)"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.kubeconfig)
        shell.press("Tab", "Enter")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.kubeconfig.replacing("name: old", with: "name: \"new\""))
        #expect(shell.contexts.map(\.name) == ["demo", "new"])
        #expect(shell.picture().contains("▸new"))
        shell.press("Ctrl-D", "Tab", "Enter")
        #expect(try Kubeconfig.load(path: file).contexts.map(\.name) == ["demo"])
        #expect(shell.contexts.map(\.name) == ["demo"])
    }
}
