import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Watches")
struct WatchRequestTests {
    private let cluster = TestAPI()
    private let path = "/api/v1/namespaces/default/configmaps"

    private func label(_ name: String, _ value: String) async {
        _ = await cluster.send(
            "PATCH", "\(path)/\(name)", ["metadata": ["labels": ["on": .string(value)]]],
            headers: [("content-type", "application/merge-patch+json")]
        )
    }

    @Test("tells additions, changes and deletions")
    func changes() async {
        let watch = await cluster.watch("\(path)?watch=1&fieldSelector=metadata.name%3Dw")
        _ = await cluster.configMap("w")
        await label("w", "yes")
        _ = await cluster.configMap("other")
        _ = await cluster.send("DELETE", "\(path)/w")
        #expect(events(in: watch) == ["ADDED w", "MODIFIED w", "DELETED w"])
    }

    @Test("shows what leaves the selection as it was, at the version of the change")
    func transitions() async {
        _ = await cluster.configMap("w", labels: ["on": "no"])
        let watch = await cluster.watch("\(path)?watch=1&labelSelector=on%3Dyes")
        await label("w", "yes")
        await label("w", "no")
        let seen = documents(in: watch)
        #expect(seen.map { $0["type"] } == ["ADDED", "DELETED"])
        #expect(seen.last?[path: ["object", "metadata", "labels", "on"]] == "yes")
        let now = await cluster.send("GET", "\(path)/w").json[path: ["metadata", "resourceVersion"]]
        #expect(seen.last?[path: ["object", "metadata", "resourceVersion"]] == now)
    }

    @Test("starts after a version")
    func fromVersion() async {
        let created = await cluster.configMap("w", labels: ["on": "no"])
        let version = created.json[path: ["metadata", "resourceVersion"]]?.stringValue ?? ""
        await label("w", "yes")
        let watch = await cluster.watch("\(path)?watch=1&resourceVersion=\(version)&fieldSelector=metadata.name%3Dw")
        #expect(events(in: watch) == ["MODIFIED w"])
    }

    @Test("a version that is forgotten is answered by an error event, and the end")
    func expired() async {
        for index in 0..<12 { _ = await cluster.configMap("c\(index)") }
        await cluster.cluster.forgetPast()
        let watch = await cluster.watch("\(path)?watch=1&resourceVersion=1")
        #expect(events(in: watch) == ["ERROR Expired"])
        #expect(watch?.isFinished == true)
    }

    @Test("a version that is larger than any is one that is not reached")
    func largest() async {
        let watch = await cluster.watch("\(path)?watch=1&resourceVersion=18446744073709551615")
        #expect(events(in: watch) == ["ERROR Expired"])
    }

    @Test("what a reader has left behind goes with it")
    func cancelled() async {
        let channel = ByteChannel()
        channel.send([1, 2, 3])
        let reader = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await channel.next()
        }
        _ = await reader.value
        #expect(channel.isFinished)
        #expect(channel.drain().isEmpty)
    }

    @Test("a version of an earlier run, which is not reached yet, is answered like one that is forgotten")
    func notReached() async {
        let watch = await cluster.watch("\(path)?watch=1&resourceVersion=100000")
        #expect(events(in: watch) == ["ERROR Expired"])
        #expect(watch?.isFinished == true)
    }

    @Test("a streaming list marks the end of what was there")
    func initialEvents() async {
        _ = await cluster.configMap("a", labels: ["on": "yes"])
        let query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=on"
        let seen = documents(in: await cluster.watch("\(path)?\(query)"))
        #expect(seen.map { $0["type"] } == ["ADDED", "BOOKMARK"])
        #expect(seen.last?[path: ["object", "metadata", "annotations", "k8s.io/initial-events-end"]] == "true")
    }

    @Test("ends when its time is over, with bookmarks before")
    func deadline() async {
        let watch = await cluster.watch("\(path)?watch=1&timeoutSeconds=100&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dw")
        await cluster.advance(by: .seconds(99))
        #expect(watch?.isFinished == false)
        await cluster.advance(by: .seconds(2))
        #expect(watch?.isFinished == true)
        #expect(documents(in: watch).map { $0["type"] } == ["BOOKMARK", "BOOKMARK"])
    }

    @Test("ends when the definition of its resource is deleted")
    func definitionDeleted() async {
        let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
        _ = await cluster.send(
            "POST", definitions,
            [
                "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": ["name": "odds.example.org"],
                "spec": [
                    "group": "example.org", "scope": "Namespaced", "names": ["plural": "odds", "singular": "odd", "kind": "Odd"],
                    "versions": [["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": ["type": "object"]]]],
                ],
            ])
        await cluster.advance(by: .seconds(1))
        let watch = await cluster.watch("/apis/example.org/v1/odds?watch=1")
        #expect(watch?.isFinished == false)
        _ = await cluster.send("DELETE", "\(definitions)/odds.example.org")
        await cluster.advance(by: .seconds(2))
        #expect(watch?.isFinished == true)
    }

    @Test("a table's columns come with the first event only")
    func table() async {
        let accept = (name: "accept", value: "application/json;as=Table;v=v1;g=meta.k8s.io")
        let request = APIRequest(
            method: "GET", path: path, query: [("watch", "1"), ("fieldSelector", "metadata.name=w")], headers: [accept],
            clientCertificate: ClientIdentity(commonName: "kubernetes-admin", organizations: ["system:masters"])
        )
        guard case .stream(let watch) = await cluster.cluster.handle(request).body else {
            Issue.record("a watch is a stream")
            return
        }
        _ = await cluster.configMap("w")
        await label("w", "yes")
        let seen = documents(in: watch)
        #expect(seen.map { $0[path: ["object", "kind"]] } == ["Table", "Table"])
        #expect(seen.first?[path: ["object", "columnDefinitions"]]?.arrayValue?.count == 3)
        #expect(seen.last?[path: ["object", "columnDefinitions"]]?.arrayValue == nil)
    }

    @Test("who waits when a channel is cut off learns of its end")
    func cutOff() async {
        let channel = ByteChannel()
        async let next = channel.next()
        channel.cutOff()
        #expect(await next == nil)
        #expect(channel.isCutOff)
    }

    @Test("what a channel begins with is let go once nobody comes for it")
    func openingLetGo() async {
        final class Held: Sendable {}
        weak var held: Held?
        let channel: ByteChannel
        do {
            let strong = Held()
            held = strong
            channel = ByteChannel { _ in withExtendedLifetime(strong) { [1] } }
        }
        #expect(held != nil)
        #expect(await channel.next() == [1])
        channel.cutOff()
        #expect(held == nil)
    }

    @Test("a reader that lets too much pile up is cut off")
    func slowReader() {
        let channel = ByteChannel(limit: 10)
        #expect(channel.send(Array("12345678".utf8)))
        #expect(!channel.send(Array("90ab".utf8)))
        #expect(channel.isCutOff)
    }

    @Test("what a watch begins with is encoded as it is taken, and doesn't count against its reader")
    func opening() async {
        let large = JSONValue.string(String(repeating: "x", count: 90 << 10))
        for name in ["w1", "w2"] { _ = await cluster.configMap(name, data: ["text": large], labels: ["on": "yes"]) }
        let watch = await cluster.watch("\(path)?watch=1&labelSelector=on%3Dyes")
        _ = await cluster.configMap("w3", labels: ["on": "yes"])
        #expect(watch?.pendingCount ?? .max < 1000)
        var seen: [String] = []
        for _ in 0..<3 {
            let event = try? JSONParser.parse(await watch?.next() ?? [])
            seen.append(event?[path: ["object", "metadata", "name"]]?.stringValue ?? "")
        }
        #expect(seen == ["w1", "w2", "w3"])
    }

    @Test("when too much is held for all watchers together, those who are farthest behind are cut off")
    func sharedLimit() throws {
        let parts = TestCluster().parts
        let hub = WatchHub(parts, limit: 3000)
        let request = APIRequest(method: "GET", path: "/api/v1/configmaps", query: [("watch", "1"), ("resourceVersion", "0")])
        let target = try #require(RequestTarget(path: request.path))
        let resource = try #require(parts.registry.resource(target.gvr))
        func watch(_ selector: String) throws -> ByteChannel {
            var request = request
            request.query.append(("labelSelector", selector))
            let options = try ListOptions(request, target: target, resource: resource)
            guard case .stream(let channel) = hub.open(resource, options: options, form: .plain).body else { throw CancellationError() }
            return channel
        }
        func write(_ name: String, _ label: String, _ size: Int) throws {
            let map = object(
                """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\(name)","namespace":"default","labels":{"of":"\(label)"}},
                 "data":{"text":"\(String(repeating: "x", count: size))"}}
                """)
            try parts.pipeline.perform(.create(map), by: .system("test"), at: parts.timeline.now)
        }
        let (slow, slower, all) = (try watch("of=a"), try watch("of=b"), try watch("of=a"))
        try write("a", "a", 500)
        try write("b", "b", 1500)
        #expect([slow.isCutOff, slower.isCutOff, all.isCutOff] == [false, false, false])
        try write("b2", "b", 1500)
        #expect(slower.isCutOff)
        #expect(!slow.isCutOff && !all.isCutOff)
    }

    @Test("what is pending is taken in whole pieces, in their order, until the end")
    func portions() async {
        let channel = ByteChannel()
        let pieces = [80, 30, 30, 30].enumerated().map { [UInt8](repeating: UInt8($0), count: $1 << 10) }
        pieces.forEach { channel.send($0) }
        channel.finish()
        #expect(await channel.next() == pieces[0])
        #expect(await channel.next() == pieces[1] + pieces[2])
        #expect(await channel.next() == pieces[3])
        #expect(await channel.next() == nil)
    }
}
