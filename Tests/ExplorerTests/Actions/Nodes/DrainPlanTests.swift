import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Draining", .timeLimit(.minutes(1)))
struct DrainPlanTests {
    private func pod(_ name: String, owner: String? = nil, volume: String = "{}", phase: String = "Running", mirror: Bool = false)
        -> KubernetesObject
    {
        let owners =
            owner.map { #","ownerReferences":[{"apiVersion":"apps/v1","kind":"\#($0)","name":"o","uid":"o","controller":true}]"# } ?? ""
        let annotations = mirror ? #","annotations":{"kubernetes.io/config.mirror":"x"}"# : ""
        return KubernetesObject(
            compactJSON: Array(
                """
                {"kind":"Pod","metadata":{"name":"\(name)","namespace":"shop","labels":{"app":"\(name)"}\(annotations)\(owners)},
                 "spec":{"volumes":[\(volume)]},"status":{"phase":"\(phase)"}}
                """.utf8)
        ).parsed()
    }

    private func plan(_ pods: [KubernetesObject]) throws -> DrainPlan {
        let nodes = try #require(ResourceCatalog.builtIn.resource(named: "nodes"))
        return DrainPlan(node: ObjectTarget(resource: nodes, namespace: nil, name: "n1"), pods: pods)
    }

    @Test("pods of DaemonSets and of the node itself stay")
    func staying() throws {
        let plan = try plan([pod("a", owner: "ReplicaSet"), pod("b", owner: "DaemonSet"), pod("c", mirror: true)])
        #expect(plan.leaving.map(\.name) == ["a"])
        #expect(plan.staying.map(\.name) == ["b", "c"])
    }

    @Test("it says what nobody brings back, and whose data goes")
    func warnings() throws {
        let plan = try plan([pod("a"), pod("b", owner: "ReplicaSet", volume: #"{"emptyDir":{}}"#), pod("c", phase: "Succeeded")])
        #expect(
            plan.lines(budgets: [], theme: Theme(name: "plain", styles: [:])).map(\.plain) == [
                "n1: 3 pods leave, 0 stay", "! nothing brings back shop/a", "! emptyDir data is lost of shop/b",
            ])
    }

    @Test("budgets that hold pods back are named before")
    func budgets() throws {
        let budget = KubernetesObject(
            compactJSON: Array(
                """
                {"kind":"PodDisruptionBudget","metadata":{"name":"keep","namespace":"shop"},"spec":{"selector":{"matchLabels":{"app":"a"}}},
                 "status":{"disruptionsAllowed":0}}
                """.utf8)
        ).parsed()
        let plan = try plan([pod("a", owner: "ReplicaSet"), pod("b", owner: "ReplicaSet")])
        #expect(
            plan.lines(budgets: [budget], theme: Theme(name: "plain", styles: [:])).last?.plain
                == "! budget shop/keep: 0 of these 1 may go at once")
    }

    @Test("while a node is drained quitting asks, and on demand lets it take pods again first")
    func quitting() async throws {
        try await ServedShell.with { served in
            let node = KubernetesObject(compactJSON: Array(#"{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"}}"#.utf8)).parsed()
            let manifest: JSONObject = [
                "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "a", "namespace": "default"],
                "spec": ["nodeName": "n1", "containers": [["name": "app", "image": "busybox"]]],
            ]
            let pod = KubernetesObject(manifest)
            try await served.create([node, pod])
            let shell = served.shell
            var hasQuit = false
            shell.onQuit = { hasQuit = true }
            func isCordoned() async throws -> Bool {
                try await served.get("nodes", "n1", namespace: nil)?.spec["unschedulable"]?.boolValue ?? false
            }
            let run = shell.session.drains.begin([try plan([pod])], served.client, in: shell)
            try await until(in: shell) { try await isCordoned() }
            shell.press("Ctrl-C")
            #expect(!hasQuit && shell.picture(width: 100).contains("Draining node n1: 0 of 1 gone"))
            shell.press("Enter")
            #expect(!hasQuit && !run.isCancelled, "the first answer is to go on")
            shell.press("Ctrl-C", "Down", "Down", "Enter")
            await until(in: shell) { hasQuit }
            #expect(run.isOver)
            #expect(try await !isCordoned())
        }
    }

    @Test("of several marked nodes each that a filter hides is named in the question")
    func hiddenNodes() async throws {
        try await ServedShell.with { served in
            let nodes = ["n1", "n2", "n3"].map {
                KubernetesObject(["apiVersion": "v1", "kind": "Node", "metadata": ["name": .string($0)]] as JSONObject)
            }
            try await served.create(nodes)
            let shell = served.shell
            shell.run(command: "nodes")
            await until(in: shell) { shell.picture().contains("n3 ") }
            shell.press("*")
            await until(in: shell) { shell.picture().contains("4 marked") }
            shell.type("/n1")
            shell.press("Enter")
            await until(in: shell) { shell.picture().contains("4 marked, 3 hidden") }
            shell.press("r")
            await until(in: shell) { shell.picture(width: 120, height: 30).contains("Drain 4 nodes?") }
            #expect(shell.picture(width: 120, height: 30).contains("4 are marked, 3 of them hidden by the filter: n2, n3, node-1"))
        }
    }

    @Test("a drain that fails says why, is found again, and ends with the session")
    func runs() async throws {
        let shell = try TestShell.make(screen: WordScreen())
        let run = shell.session.drains.begin([try plan([pod("a")])], shell.session.client, in: shell)
        shell.run(command: "drains")
        // Nobody listens where the test's cluster is said to be.
        await until { run.isOver }
        #expect(run.problem?.isEmpty == false)
        await until { shell.picture().contains("failed") }
        #expect(shell.picture().contains("n1      0/1"))
        shell.press("Enter")
        #expect(shell.screen?.title == "drain")
        shell.session.stopWatching()
        #expect(shell.session.drains.all.isEmpty)
    }
}
