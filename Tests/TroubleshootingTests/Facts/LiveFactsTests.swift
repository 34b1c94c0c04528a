import KubernetesClient
import KubernetesModel
import Testing
import Troubleshooting

@Suite("Facts that follow a cluster")
struct LiveFactsTests {
    let pods = GroupVersionResource(resource: "pods")

    func pod(_ name: String) -> KubernetesObject {
        let json: JSONObject = [
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name), "namespace": "shop"], "spec": ["containers": []],
        ]
        return KubernetesObject(json)
    }

    func forbidden(_ code: Int) -> ClientError {
        ClientError(.list, .init(pods), cause: .status(ServerStatus(code: code, message: "no")))
    }

    @Test("what a new list does not name is gone when it is complete, not before")
    func restart() {
        var live = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        for event: ReflectorEvent in [.restarting, .initial(pod("a")), .initial(pod("b")), .ready(resourceVersion: "1")] {
            _ = live.take(event, of: pods)
        }
        #expect(live.isComplete)
        _ = live.take(.restarting, of: pods)
        _ = live.take(.initial(pod("b")), of: pods)
        #expect(live.facts.pods.count == 2)
        _ = live.take(.ready(resourceVersion: "2"), of: pods)
        #expect(live.facts.pods.keys.map(\.name) == ["b"])
    }

    @Test("changes and deletions are followed")
    func changes() {
        var live = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        let isAdded = live.take(.applied(pod("a")), of: pods)
        #expect(isAdded)
        #expect(live.facts.pods.count == 1)
        _ = live.take(.deleted(pod("a")), of: pods)
        #expect(live.facts.pods.isEmpty)
    }

    @Test("of what may be read in one namespace only, that part is known, and nothing is concluded from what is not there")
    func part() {
        var live = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        _ = live.take(.degraded(forbidden(403), retryIn: .seconds(60)), of: pods)
        for event: ReflectorEvent in [.restarting, .initial(pod("a")), .ready(resourceVersion: "1"), .recovered] {
            _ = live.takePart(event, of: pods, in: "shop")
        }
        #expect(live.facts.pods.keys.map(\.name) == ["a"])
        #expect(!live.facts.knowsAll("pods") && live.facts.unread.first?.onlyNamespace == "shop")
        for event: ReflectorEvent in [.restarting, .initial(pod("b")), .ready(resourceVersion: "2")] { _ = live.take(event, of: pods) }
        #expect(live.facts.pods.keys.map(\.name) == ["b"] && live.facts.knowsAll("pods"))
    }

    @Test("what says the same again is no news")
    func unchanged() {
        var live = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        _ = live.take(.applied(pod("a")), of: pods)
        let isNews = live.take(.applied(pod("a")), of: pods)
        #expect(!isNews)
        var failed = pod("a")
        failed.status = ["phase": "Failed"]
        let hasFailed = live.take(.applied(failed), of: pods)
        #expect(hasFailed)
    }

    @Test("pods stay in order, whatever comes and goes")
    func order() {
        var live = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        for name in ["c", "a", "d", "b", "c"] { _ = live.take(.applied(pod(name)), of: pods) }
        _ = live.take(.deleted(pod("b")), of: pods)
        _ = live.take(.deleted(pod("e")), of: pods)
        #expect(live.facts.sortedPods.map(\.key.name) == ["a", "c", "d"])
        #expect(Set(live.facts.pods.keys.map(\.name)) == ["a", "c", "d"])
    }

    @Test("what may not be read is noted and not waited for; what is not served has no objects")
    func refused() {
        var live = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        _ = live.take(.degraded(forbidden(403), retryIn: .seconds(1)), of: pods)
        #expect(live.isComplete)
        #expect(live.facts.unread.map(\.resource) == ["pods"])
        var other = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        _ = other.take(.degraded(forbidden(404), retryIn: .seconds(1)), of: pods)
        #expect(other.isComplete)
        #expect(other.facts.unread.isEmpty)
    }

    @Test("a lost connection is waited for")
    func lost() {
        var live = LiveFacts(takenAt: Instant(seconds: 0), resources: [pods])
        let error = ClientError(.list, .init(pods), cause: .closedEarly)
        let hasChanged = live.take(.degraded(error, retryIn: .seconds(1)), of: pods)
        #expect(!hasChanged)
        #expect(!live.isComplete)
    }
}
