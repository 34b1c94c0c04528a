import Foundation
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Binding table")
struct BindingTableTests {
    private static var tables: [(name: String, bindings: [Binding])] {
        get throws {
            let shell = try TestShell.make()
            let targets = ["pods", "deployments", "secrets"].compactMap { name in
                ResourceCatalog.builtIn.resource(named: name).map { ObjectTarget(resource: $0, namespace: "shop", name: "x") }
            }
            let screens: [any Screen] =
                targets.flatMap { target -> [any Screen] in
                    [DocumentScreen(target, content: .yaml, shell: shell), DocumentScreen(target, content: .description, shell: shell)]
                } + [LogScreen(of: targets, shell: shell), ContextsScreen(shell: shell), AliasesScreen(shell: shell)]
            return screens.map { ("screen \($0.title)", $0.bindings) }
                + targets.map { ("objects \($0.resource.name)", ObjectActions.bindings(for: [$0])) }
                + [("general", GeneralActions.bindings)]
        }
    }

    @Test("no table gives one key to two actions")
    func conflicts() throws {
        for table in try Self.tables {
            #expect(KeyMap.conflicts(in: table.bindings) == [], "\(table.name)")
        }
    }

    @Test(
        "a table leaves the keys of its objects to them",
        arguments: [
            "pods", "nodes", "deployments", "statefulsets", "replicasets", "cronjobs", "jobs", "services", "secrets", "configmaps",
            "namespaces",
        ])
    func objectsInTables(name: String) throws {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: name))
        let own = ObjectActions.bindings(for: [ObjectTarget(resource: resource, namespace: "shop", name: "x")])
        #expect(KeyMap.conflicts(in: TableActions.bindings + own) == [])
    }

    @Test("every key in every table is one that exists and every action has a title")
    func keys() throws {
        for binding in try Self.tables.flatMap(\.bindings) {
            #expect(!binding.keyText.contains("\u{FFFD}"), "\(binding.action)")
            #expect(!binding.title.isEmpty && !binding.keys.isEmpty, "\(binding.action)")
        }
    }

    @Test("the tables know every action that the sources name")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Explorer").standardized
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let texts = try files.filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
        let named = texts.flatMap { $0.matches(of: /Binding\(\s*"([a-z][A-Za-z.]*)"/).map { ActionID(String($0.output.1)) } }
        #expect(named.count > 150)
        #expect(Set(named).subtracting(BindingTables(shell: try TestShell.make()).actions) == [])
    }

    @Test("an id in keys.yaml that no action has is told with its line, one of a person's own plugin is not")
    func unknown() throws {
        let shell = try TestShell.make()
        let text =
            "command: F2\nobject.delet: F3\nlogs.range.5m: F4\nnamespace.3: F5\nhotkey.mine: F6\noverview.pane2: F7\nhelm.values: F8\n"
        shell.configuration = ConfigurationFile.keys.read(text, name: "keys.yaml").configuration
        shell.configuration.hotKeys =
            ConfigurationFile.hotKeys.read("hotKeys:\n  mine: {shortCut: x, description: x, command: pods}", name: "").configuration.hotKeys
        #expect(shell.unknownKeys == ["keys.yaml line 2: object.delet is no action's id"])
    }

    @Test("a key that a person gives to two actions is told with its line, one given in two views is not")
    func conflicting() throws {
        let shell = try TestShell.make()
        let text = "command: F2\nfilter: F2\nlogs.wrap: F3\nhelm.values: F3\n"
        shell.configuration = ConfigurationFile.keys.read(text, name: "keys.yaml").configuration
        #expect(shell.keyConflicts == ["keys.yaml line 2: F2 is a key of command and filter, of which only one can be reached"])
    }

    @Test("a key that a person gives to an action is taken away from the others")
    func overrides() {
        let overrides = KeyOverrides(["command": [["q"]]])
        let bindings = overrides.applied(to: GeneralActions.bindings)
        #expect(KeyMap(bindings).lookup(["q"]) == .action("command"))
        #expect(KeyMap(bindings).lookup([":"]) == .none)
        #expect(KeyMap(bindings).lookup(["Esc"]) == .action("back"))
    }
}
