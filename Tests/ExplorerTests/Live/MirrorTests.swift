import KubernetesClient
import KubernetesModel
import ResourceTables
import Testing

@testable import Explorer

@Suite("Mirror")
struct MirrorTests {
    private func node(_ name: String, ready: String = "True") -> KubernetesObject {
        KubernetesObject([
            "metadata": ["name": .string(name)], "status": ["conditions": [["type": "Ready", "status": .string(ready)]]],
        ])
    }

    private func told<Value: Sendable>(_ mirror: Mirror<Value>, _ events: [ReflectorEvent], at now: Instant = TestShell.noon) -> Mirror<
        Value
    > {
        var mirror = mirror
        for event in events { mirror.take(event, at: now) }
        return mirror
    }

    @Test("what a new list no longer names is dropped when it is complete, not before")
    func relist() {
        var mirror = told(
            Mirror(at: TestShell.noon, NodeState.init),
            [.restarting, .initial(node("a")), .initial(node("b", ready: "False")), .ready(resourceVersion: "1")])
        #expect(mirror.values.mapValues(\.isReady) == [ObjectKey(name: "a"): true, ObjectKey(name: "b"): false])
        mirror = told(mirror, [.restarting, .initial(node("a"))])
        #expect(mirror.values.count == 2)
        mirror = told(mirror, [.ready(resourceVersion: "2")])
        #expect(mirror.values.mapValues(\.isReady) == [ObjectKey(name: "a"): true])
    }

    @Test("what is shown of a lost cluster is as old as the last that came, and live again afterwards")
    func stale() {
        let lost = ReflectorEvent.degraded(ClientError(.watch, cause: .closedEarly), retryIn: .seconds(1))
        var mirror = told(ObjectMirror(at: TestShell.noon), [.restarting, .initial(node("a")), .ready(resourceVersion: "1")])
        mirror = told(mirror, [lost], at: TestShell.noon + .seconds(60))
        guard case .stale(let since, _) = mirror.state else { return #expect(Bool(false), "\(mirror.state)") }
        #expect(since == TestShell.noon)
        #expect(mirror.objects.map(\.name) == ["a"])
        mirror = told(mirror, [.recovered], at: TestShell.noon + .seconds(90))
        #expect(mirror.state == .live)
        #expect(mirror.problem == nil)
    }
}
