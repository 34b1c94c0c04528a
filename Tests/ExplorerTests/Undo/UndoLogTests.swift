import KubernetesClient
import KubernetesModel
import Testing
import TextUI
import Troubleshooting

@testable import Explorer

@Suite("Taking back")
struct UndoLogTests {
    private func kept(_ resource: String, _ json: String) throws -> UndoLog.Kept {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: resource))
        let object = KubernetesObject(compactJSON: Array(json.utf8)).parsed()
        return UndoLog.Kept(
            target: ObjectTarget(resource: resource, namespace: object.namespace, name: object.name), before: object, after: nil
        )
    }

    @Test("what was deleted comes back without what only the server may say")
    func fresh() throws {
        let pod = try kept(
            "pods",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"shop","uid":"1","resourceVersion":"7","creationTimestamp":"2026-01-01T00:00:00Z",
             "labels":{"app":"a"}},"spec":{"nodeName":"n1","containers":[{"name":"c"}]},"status":{"phase":"Running"}}
            """)
        #expect(
            pod.fresh.value.description == """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"shop","labels":{"app":"a"}},"spec":{"containers":[{"name":"c"}]}}
                """)
        #expect(pod.restoring.request == "POST /api/v1/namespaces/shop/pods")
    }

    private func deployment(replicas: Int, image: String = "web:1", paused: Bool? = nil, uid: String = "1") -> KubernetesObject {
        var spec: JSONObject = [
            "replicas": .number(JSONNumber(replicas)), "template": ["spec": ["containers": [["name": "c", "image": .string(image)]]]],
        ]
        if let paused { spec["paused"] = .bool(paused) }
        return KubernetesObject([
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": "web", "namespace": "shop", "uid": .string(uid), "resourceVersion": .string("\(replicas)")],
            "spec": .object(spec), "status": ["replicas": .number(JSONNumber(replicas))],
        ])
    }

    private func change(_ before: KubernetesObject, _ after: KubernetesObject) throws -> UndoLog.Kept {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "deployments"))
        return UndoLog.Kept(target: ObjectTarget(resource: resource, namespace: "shop", name: "web"), before: before, after: after)
    }

    @Test("what a change left as it was is not there to be taken back")
    func nothing() throws {
        let log = UndoLog()
        let same = try change(deployment(replicas: 2), deployment(replicas: 2))
        log.record([same], title: "Scale web")
        #expect(log.entries.isEmpty)
        log.record([same, try change(deployment(replicas: 2), deployment(replicas: 5))], title: "Scale 2 deployments")
        #expect(log.entries.first?.kept.count == 1)
    }

    @Test("taking a change back touches its fields alone, and keeps what others changed meanwhile")
    func inverse() async throws {
        let kept = try change(deployment(replicas: 2), deployment(replicas: 5, paused: true))
        let inverse = try #require(kept.inverse)
        #expect(JSONValue.object(inverse.patch).description == #"{"spec":{"paused":null,"replicas":2}}"#)
        let current = deployment(replicas: 5, image: "web:2", paused: true)
        try kept.check(current)
        let preview = DiffText(theme: Theme(name: "plain", styles: [:])).lines(try await inverse.preview(of: current)).map(\.plain)
        #expect(preview.filter { !$0.hasPrefix(" ") } == ["-   paused: true", "-   replicas: 5", "+   replicas: 2"])
        #expect(inverse.patch(for: current)["metadata"]?["resourceVersion"]?.stringValue == "5")
    }

    @Test("what was changed again since is not taken back, and the field is named")
    func changedSince() throws {
        let kept = try change(deployment(replicas: 2), deployment(replicas: 5))
        #expect(throws: ExplorerError.self) { try kept.check(deployment(replicas: 7)) }
        #expect(try #require(kept.inverse).touchedSince(in: deployment(replicas: 7)) == ["spec.replicas"])
        #expect(throws: ExplorerError.self) { try kept.check(deployment(replicas: 5, uid: "2")) }
    }

    @Test("taking back a change to a Secret shows that its values differ, and sends them")
    func secret() async throws {
        func secret(_ value: String) -> KubernetesObject {
            KubernetesObject([
                "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "s", "namespace": "shop", "uid": "1"],
                "data": ["key": .string(value)],
            ])
        }
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "secrets"))
        let target = ObjectTarget(resource: resource, namespace: "shop", name: "s")
        let kept = UndoLog.Kept(target: target, before: secret("YWI="), after: secret("YmE="))
        #expect(kept.restoring.request == #"PATCH /api/v1/namespaces/shop/secrets/s {"data":{"key":"<2 bytes>"}}"#)
        let inverse = try #require(kept.inverse)
        #expect(JSONValue.object(inverse.patch).description == #"{"data":{"key":"YWI="}}"#)
        let preview = try await inverse.preview(of: secret("YmE=")).map(\.text)
        #expect(preview.contains("-   key: <2 bytes>") && preview.contains("+   key: <changed, 2 bytes>"))
    }

    @Test("what is kept keeps no cluster alive, and what was too much for the log is not offered")
    func bounds() async throws {
        weak var session: ClusterSession?
        let log = UndoLog(byteLimit: 3000)
        do {
            let other = ShopCluster.session("west", objects: [:])
            session = other
            let pod = try kept("pods", #"{"metadata":{"name":"a","namespace":"shop"}}"#)
            log.record([.init(target: pod.target.bound(to: other), before: pod.before, after: nil)], title: "Deleted pod shop/a")
            await other.client.shutdown()
        }
        #expect(log.entries.count == 1 && session == nil)

        let large = try kept("pods", #"{"metadata":{"name":"b","namespace":"shop"},"x":"\#(String(repeating: "x", count: 2000))"}"#)
        log.record([large], title: "first")
        log.record([large], title: "second")
        #expect(log.entries.map(\.title) == ["second"], "both are more than the log may hold")
        var changes = log.noChanges()
        changes.add(large)
        #expect(changes.kept.count == 1 && !changes.areTooMuch)
        changes.add(large)
        #expect(changes.kept.isEmpty && changes.areTooMuch)
    }

    @Test("of a change to several objects, what was taken back is forgotten and the rest stays")
    func forgetting() throws {
        let log = UndoLog()
        let (a, b) = (
            try kept("pods", #"{"metadata":{"name":"a","namespace":"shop"}}"#),
            try kept("pods", #"{"metadata":{"name":"b","namespace":"shop"}}"#)
        )
        log.record([a, b], title: "Deleted 2 pods")
        log.record([a, b], title: "Deleted 2 pods")
        let first = try #require(log.entries.first)
        log.forget(a.target, ofEntry: first.id)
        #expect(log.entries.map { $0.kept.map(\.target.name) } == [["b"], ["a", "b"]])
        log.forget(b.target, ofEntry: first.id)
        #expect(log.entries.count == 1 && log.entries[0].id != first.id)
    }

    @Test("a pod that its controller has replaced is not brought back beside its successor")
    func replaced() throws {
        let shell = try TestShell.make(screen: WordScreen())
        let pod = try kept(
            "pods",
            """
            {"metadata":{"name":"a","namespace":"shop","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"cart-5d8","uid":"1","controller":true}]}}
            """)
        shell.session.undo.record([pod], title: "Deleted pod shop/a")
        shell.press("Ctrl-U")
        #expect(shell.flash?.text == "Deleted pod shop/a: not brought back, ReplicaSet cart-5d8 has replaced it")
        #expect(shell.session.undo.entries.isEmpty)
    }

    @Test("the last twenty changes are kept, and nothing of those that left nothing to keep")
    func limit() throws {
        let log = UndoLog()
        let pod = try kept("pods", #"{"metadata":{"name":"a","namespace":"shop"}}"#)
        log.record([], title: "nothing")
        for number in 1...25 { log.record([pod], title: "\(number)") }
        #expect(log.entries.count == 20)
        #expect(log.entries.first?.title == "6")
    }

    @Test("with nothing to take back the key says so")
    func empty() throws {
        let shell = try TestShell.make(screen: WordScreen())
        shell.press("Ctrl-U")
        #expect(shell.flash?.text == "Nothing was changed that could be taken back")
    }
}
