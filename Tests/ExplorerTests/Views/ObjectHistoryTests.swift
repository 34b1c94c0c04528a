import KubernetesModel
import Testing
import Troubleshooting

@testable import Explorer

@Suite("ObjectHistory")
struct ObjectHistoryTests {
    private func pod(_ version: Int, image: String, managers: [(String, String, String)] = []) -> KubernetesObject {
        let entries = managers.map { name, operation, time -> JSONValue in
            ["manager": .string(name), "operation": .string(operation), "time": .string(time)]
        }
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Pod",
            "metadata": ["name": "web", "resourceVersion": .string("\(version)"), "managedFields": .array(entries)],
            "spec": ["image": .string(image)],
        ])
    }

    private func at(_ seconds: Int) -> Instant { Instant(seconds: seconds) }

    @Test("a change is told as what was and what is, without its version number")
    func difference() async {
        var history = ObjectHistory()
        history.record(pod(1, image: "web:1"), at: at(1))
        history.record(pod(2, image: "web:2"), at: at(2))
        #expect(history.changes == 1)
        let texts = await history.difference(1, context: 0).map(\.text).filter { $0 != "  …" }
        #expect(texts == ["-   image: web:1", "+   image: web:2"])
    }

    @Test("the manager is the one whose entry changed")
    func manager() {
        var history = ObjectHistory()
        let old = [("kubectl-create", "Update", "2026-08-01T10:00:00Z"), ("kubelet", "Update", "2026-08-01T10:00:01Z")]
        history.record(pod(1, image: "a", managers: old), at: at(1))
        history.record(pod(2, image: "b", managers: [old[0], ("kubelet", "Update", "2026-08-01T10:00:09Z")]), at: at(2))
        #expect(history.versions[0].managers == nil)
        #expect(history.versions[1].managers == ["kubelet (Update)"])
    }

    @Test("what the watch tells is kept once, and gains its manager when the whole object comes")
    func twice() {
        var history = ObjectHistory()
        history.record(pod(1, image: "a", managers: [("x", "Update", "2026-08-01T10:00:00Z")]), at: at(1))
        history.record(pod(2, image: "b"), at: at(2))
        history.record(pod(2, image: "b", managers: [("y", "Apply", "2026-08-01T10:00:05Z")]), at: at(3))
        #expect(history.versions.count == 2)
        #expect(history.versions[1].time == at(2))
        #expect(history.versions[1].managers == ["y (Apply)"])
    }

    @Test("a version that comes late stands where it belongs")
    func late() {
        var history = ObjectHistory()
        for version in [1, 3, 2] { history.record(pod(version, image: "v\(version)"), at: at(version)) }
        #expect(history.versions.map(\.object.metadata.resourceVersion) == ["1", "2", "3"])
    }

    @Test("the oldest versions go when there are too many")
    func bound() {
        var history = ObjectHistory()
        for version in 1...(ObjectHistory.limit + 5) { history.record(pod(version, image: "v"), at: at(version)) }
        #expect(history.versions.count == ObjectHistory.limit)
        #expect(history.versions.first?.object.metadata.resourceVersion == "6")
    }

    @Test("the oldest versions go when they are too large together, and the latest change stays")
    func byteBound() {
        var history = ObjectHistory(byteLimit: 3000)
        let image = String(repeating: "x", count: 1000)
        for version in 1...5 { history.record(pod(version, image: image), at: at(version)) }
        #expect(history.versions.map(\.resourceVersion) == ["4", "5"])
        for version in 6...7 { history.record(pod(version, image: image + image + image), at: at(version)) }
        #expect(history.versions.map(\.resourceVersion) == ["6", "7"])
    }
}

@Suite("Comparison")
struct ComparisonTests {
    private func object(_ name: String, uid: String, replicas: Int) -> JSONValue {
        [
            "metadata": ["name": .string(name), "uid": .string(uid)], "spec": ["replicas": .number(JSONNumber(replicas))],
            "status": ["ready": .number(JSONNumber(replicas))],
        ]
    }

    private func comparison(_ left: Int, _ right: Int) -> Comparison {
        Comparison(
            left: ComparedText(title: "a", object: object("web", uid: "1", replicas: left)),
            right: ComparedText(title: "b", object: object("web", uid: "2", replicas: right))
        )
    }

    @Test("what servers note down does not tell objects apart")
    func same() async {
        #expect(await comparison(3, 3).difference(isWhole: false, context: 3).isEmpty)
        #expect(await !comparison(3, 3).difference(isWhole: true, context: 3).isEmpty)
    }

    @Test("all lines can be seen, not only those around a difference")
    func context() async {
        let near = await comparison(3, 4).difference(isWhole: false, context: 0).map(\.text)
        #expect(near.contains("-   replicas: 3") && near.contains("+   replicas: 4") && near.contains("  …"))
        let all = await comparison(3, 4).difference(isWhole: false, context: nil).map(\.text)
        #expect(all.contains("  metadata:") && !all.contains("  …"))
    }
}
