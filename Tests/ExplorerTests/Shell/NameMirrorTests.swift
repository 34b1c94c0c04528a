import KubernetesClient
import KubernetesModel
import Testing

@testable import Explorer

@Suite("NameMirror")
struct NameMirrorTests {
    private func node(_ name: String, ready: String = "True") -> KubernetesObject {
        KubernetesObject([
            "metadata": ["name": .string(name)], "status": ["conditions": [["type": "Ready", "status": .string(ready)]]],
        ])
    }

    @Test("what a new list no longer names is dropped when it is complete, not before")
    func relist() {
        var mirror = NameMirror(NodeState.init)
        for event: ReflectorEvent in [.restarting, .initial(node("a")), .initial(node("b", ready: "False")), .ready(resourceVersion: "1")] {
            mirror.take(event)
        }
        #expect(mirror.names.mapValues(\.isReady) == ["a": true, "b": false])
        mirror.take(.restarting)
        mirror.take(.initial(node("a")))
        #expect(mirror.names.count == 2)
        mirror.take(.ready(resourceVersion: "2"))
        #expect(mirror.names.mapValues(\.isReady) == ["a": true])
    }
}
