import Foundation
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

/// `docs/keys.md` as the binding tables make it.
private struct KeyDocumentation {
    let shell: Shell

    var markdown: String {
        var text = """
            # Keys

            Made from the binding tables; a test compares them. Every action can be given other keys by its id in `keys.yaml`:

                object.delete: Ctrl-X
                logs.follow: [s, Ctrl-S]


            """
        text += section("Everywhere", GeneralActions.bindings)
        text += section("Tables", TableActions.bindings)
        text += objects
        for (title, bindings) in BindingTables(shell: shell).views { text += section(title, bindings) }
        return text + "A table's `0` shows all namespaces, `1` to `9` the first nine.\n"
    }

    private func section(_ title: String, _ bindings: [Binding]) -> String {
        let rows = bindings.map { "| \(Self.keys($0)) | \($0.title) | `\($0.action)` |" }
        return "## \(title)\n\n| keys | what | id |\n|---|---|---|\n" + rows.joined(separator: "\n") + "\n\n"
    }

    private static func keys(_ binding: Binding) -> String {
        binding.keys.map { sequence in "`" + sequence.map(\.description).joined(separator: " ").replacing("|", with: "\\|") + "`" }.joined(
            separator: " ")
    }

    private var objects: String {
        let rows = ObjectActions.all.map { action in
            let kinds: String =
                switch action.kinds {
                case .all: "every kind"
                case .named(let names): names.sorted().joined(separator: ", ")
                case .supporting(let verb): "what the server can \(verb)"
                case .withSubresource(let name): "what has `\(name)`"
                }
            return "| \(Self.keys(action.binding)) | \(action.binding.title) | \(kinds) | `\(action.binding.action)` |"
        }
        return "## Objects\n\n| keys | what | of | id |\n|---|---|---|---|\n" + rows.joined(separator: "\n") + "\n\n"
    }
}

@Suite("The documentation of keys")
struct KeyDocumentationTests {
    /// With `FATHOM_WRITE_DOCS=1` it is written anew.
    @Test("it says what the binding tables say")
    func same() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/keys.md").standardized
        let expected = KeyDocumentation(shell: try TestShell.make()).markdown
        if ProcessInfo.processInfo.environment["FATHOM_WRITE_DOCS"] == "1" { try Data(expected.utf8).write(to: file) }
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(
            lines.difference(from: expected.split(separator: "\n")).isEmpty, "run FATHOM_WRITE_DOCS=1 swift test --filter KeyDocumentation")
    }
}
