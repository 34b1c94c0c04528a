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
            return screens.map { ("screen \($0.title)", $0.bindings) } + targets.map { ("objects \($0.resource.name)", ObjectActions.bindings(for: [$0])) }
                + [("general", GeneralActions.bindings)]
        }
    }

    @Test("no table gives one key to two actions")
    func conflicts() throws {
        for table in try Self.tables {
            #expect(KeyMap.conflicts(in: table.bindings) == [], "\(table.name)")
        }
    }

    @Test("a table leaves the keys of its objects to them", arguments: [
        "pods", "nodes", "deployments", "statefulsets", "replicasets", "cronjobs", "jobs", "services", "secrets", "configmaps", "namespaces",
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

    @Test("a key that a person gives to an action is taken away from the others")
    func overrides() {
        let overrides = KeyOverrides(["command": [["q"]]])
        let bindings = overrides.applied(to: GeneralActions.bindings)
        #expect(KeyMap(bindings).lookup(["q"]) == .action("command"))
        #expect(KeyMap(bindings).lookup([":"]) == .none)
        #expect(KeyMap(bindings).lookup(["Esc"]) == .action("back"))
    }
}
