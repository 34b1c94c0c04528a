import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

/// Actions read before they ask, and a person may select something of another cluster meanwhile.
@Suite("Actions and the cluster of their objects", .timeLimit(.minutes(1)))
struct BoundTargetTests {
    /// Something of another cluster is selected.
    private final class Elsewhere: Screen {
        let title = "elsewhere"
        let session: ClusterSession?

        init(_ session: ClusterSession) {
            self.session = session
        }

        func draw(in area: Rect, on frame: inout Frame) {}
    }

    /// Begins an action on an object of the explored cluster, and selects something of another before it has read anything.
    private func begin(_ action: ActionID, on resource: String, _ name: String, in here: ServedShell, leavingFor there: ServedShell)
        async throws
    {
        let target = ObjectTarget(
            resource: try #require(ResourceCatalog.builtIn.resource(named: resource)), namespace: "default", name: name)
        #expect(ObjectActions.perform(action, on: [target], in: here.shell))
        here.shell.push(Elsewhere(there.shell.session))
        _ = here.shell.picture()
        #expect(here.shell.session === there.shell.session)
        await here.settle()
        #expect(here.shell.compositor.count == 2, "\(here.shell.picture(width: 120, height: 30))")
    }

    private func twoClusters(_ body: (ServedShell, ServedShell) async throws -> Void) async throws {
        try await ServedShell.with { here in
            try await ServedShell.with { there in try await body(here, there) }
        }
    }

    private func deployment(image: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "web", "namespace": "default"],
            "spec": [
                "replicas": 2, "selector": ["matchLabels": ["app": "web"]],
                "template": [
                    "metadata": ["labels": ["app": "web"]], "spec": ["containers": [["name": "app", "image": .string(image)]]],
                ],
            ],
        ])
    }

    @Test("scaling")
    func scale() async throws {
        try await twoClusters { here, there in
            for cluster in [here, there] { try await cluster.create([deployment(image: "nginx")]) }
            try await begin("object.scale", on: "deployments", "web", in: here, leavingFor: there)
            here.shell.press("Ctrl-U", "7", "Enter")
            await here.settle()
            let (mine, other) = (try await here.get("deployments", "web"), try await there.get("deployments", "web"))
            #expect(mine?.spec["replicas"] == 7 && other?.spec["replicas"] == 2)
        }
    }

    @Test("rolling back")
    func rollback() async throws {
        try await twoClusters { here, there in
            for cluster in [here, there] {
                try await cluster.create([deployment(image: "nginx:1")])
                await cluster.pass(seconds: 5)
                let image: JSONValue = ["spec": ["template": ["spec": ["containers": [["name": "app", "image": "nginx:2"]]]]]]
                _ = try await cluster.client.patch(
                    GroupVersionResource(group: "apps", resource: "deployments"), namespace: "default", name: "web",
                    with: .strategicMerge(image))
                await cluster.pass(seconds: 5)
            }
            try await begin("object.rollback", on: "deployments", "web", in: here, leavingFor: there)
            here.shell.press("Down", "Enter", "y")
            await here.settle()
            func image(_ object: KubernetesObject?) -> String? {
                object?.spec["template"]?["spec"]?["containers"]?.arrayValue?.first?["image"]?.stringValue
            }
            let (mine, other) = (try await here.get("deployments", "web"), try await there.get("deployments", "web"))
            #expect(image(mine) == "nginx:1" && image(other) == "nginx:2")
        }
    }

    @Test(
        "nothing is asked about a cluster that was left meanwhile",
        arguments: [
            ("object.scale", "deployments"), ("object.rollback", "deployments"), ("object.edit", "deployments"), ("object.drain", "nodes"),
        ]
            as [(ActionID, String)])
    func left(action: ActionID, resource: String) async throws {
        try await ServedShell.with { here in
            try await here.create([deployment(image: "nginx")])
            let name =
                resource == "nodes" ? try #require(await here.client.list(GroupVersionResource(resource: "nodes")).items.first).name : "web"
            let editor = NoEditor()
            here.shell.terminalAccess = editor
            let target = ObjectTarget(
                resource: try #require(ResourceCatalog.builtIn.resource(named: resource)), namespace: "default", name: name)
            #expect(ObjectActions.perform(action, on: [target], in: here.shell))
            let other = ShopCluster.session("other", objects: [:])
            here.shell.explore(other)
            here.shell.push(WordScreen())
            await here.settle()
            #expect(here.shell.compositor.count == 1 && !editor.hasRun, "\(here.shell.picture(width: 120, height: 30))")
        }
    }

    private final class NoEditor: TerminalAccess {
        let isLent = false
        private(set) var hasRun = false

        func run(_ program: String, _ arguments: [String]) async -> Int32 {
            hasRun = true
            return 1
        }

        func lend(to session: (any ByteTerminal) async -> Void) async -> Bool { false }
        func send(_ bytes: [UInt8]) {}
        func suspend() {}
    }

    @Test("draining a node, and the screen that follows is about its cluster")
    func drain() async throws {
        try await twoClusters { here, there in
            let nodes = try await here.client.list(GroupVersionResource(resource: "nodes")).items
            let node = try #require(nodes.first).name
            try await begin("object.drain", on: "nodes", node, in: here, leavingFor: there)
            here.shell.press("y")
            await here.settle()
            #expect(here.shell.home.drains.all.count == 1 && there.shell.session.drains.all.isEmpty)
            try await until(in: here.shell) { try await here.get("nodes", node, namespace: nil)?.spec["unschedulable"] == true }
            here.shell.home.drains.stopAll()
            let other = try await there.get("nodes", node, namespace: nil)
            #expect(other?.spec["unschedulable"] == nil)
            _ = here.shell.picture()
            #expect(here.shell.session === here.shell.home)
        }
    }
}
