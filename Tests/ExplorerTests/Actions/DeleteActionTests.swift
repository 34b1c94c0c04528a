import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing
import TextUI

@testable import Explorer

@Suite("Deleting", .timeLimit(.minutes(1)))
struct DeleteActionTests {
    private static let configMaps = GroupVersionResource(resource: "configmaps")

    private func configMap(_ value: String) -> KubernetesObject {
        KubernetesObject(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": ["key": .string(value)]])
    }

    @Test("what has come in the place of what was selected is left alone, and that is said", arguments: [false, true])
    func successor(isReplaced: Bool) async throws {
        try await ServedShell.with { served in
            let first = try await served.client.create(configMap("1"), as: Self.configMaps, namespace: "default")
            let target = ObjectTarget(
                resource: served.shell.session.builtIn("configmaps"), namespace: "default", name: "a", uid: first.uid)
            DeleteAction.start([target], in: served.shell)
            if isReplaced {
                try await served.client.delete(Self.configMaps, namespace: "default", name: "a")
                _ = try await served.client.create(configMap("2"), as: Self.configMaps, namespace: "default")
            }
            served.shell.press("y")
            await served.settle()
            let found = try await served.get("configmaps", "a")
            #expect(found?["data"]?["key"] == (isReplaced ? "2" : nil))
            #expect(
                served.shell.flash?.text
                    == (isReplaced
                        ? "configmap default/a was replaced by another of its name meanwhile, which was left alone"
                        : "Deleted configmap default/a · Ctrl-U takes it back"))
        }
    }

    @Test("what is marked is known by its uid, too")
    func uids() async throws {
        let cluster = try ShopCluster()
        let model = TableModel(cluster.shell.session.builtIn("pods"), namespaces: .only(["shop"]), shell: cluster.shell)
        cluster.shell.push(TableScreen(model, shell: cluster.shell))
        await cluster.settle([model])
        #expect(model.targets.map(\.uid) == ["cart-6c5d8-9wq2z"])
        await cluster.press("Space", "Down", "Space")
        #expect(model.targets.map(\.uid) == ["cart-6c5d8-9wq2z", "checkout-7d9f4-x2k"])
    }
}
