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
        channel.sendAhead([1, 2, 3])
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

    @Test("a reader that lets too much pile up is cut off")
    func slowReader() {
        let channel = ByteChannel(limit: 10)
        #expect(channel.send(Array("12345678".utf8)))
        #expect(!channel.send(Array("90ab".utf8)))
        #expect(channel.isCutOff)
    }

    @Test("what a reader begins with doesn't count against it until it is taken")
    func headStart() async {
        let channel = ByteChannel(limit: 10)
        let pieces = [[UInt8](repeating: 1, count: 300 << 10), [UInt8](repeating: 2, count: 300 << 10)]
        pieces.forEach(channel.sendAhead)
        #expect(await channel.next() == pieces[0])
        #expect(channel.send([3]))
        #expect(await channel.next() == pieces[1])
        #expect(await channel.next() == [3])
        #expect(channel.send([4]))
        #expect(!channel.send([UInt8](repeating: 5, count: 10)))
    }

    @Test("what is pending is taken in whole pieces, in their order, until the end")
    func portions() async {
        let channel = ByteChannel()
        let pieces = [300, 100, 100, 100].enumerated().map { [UInt8](repeating: UInt8($0), count: $1 << 10) }
        pieces.forEach { channel.send($0) }
        channel.finish()
        #expect(await channel.next() == pieces[0])
        #expect(await channel.next() == pieces[1] + pieces[2])
        #expect(await channel.next() == pieces[3])
        #expect(await channel.next() == nil)
    }
}
