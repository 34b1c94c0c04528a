import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Events")
struct EventTests {
    private func cluster() throws -> SteppedCluster {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        return cluster
    }

    private func draft(_ message: String, action: String? = nil) -> EventDraft {
        EventDraft(
            regarding: ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "default", name: "p", uid: "u"), level: .warning,
            reason: "Failed", message: message, component: "kubelet", host: "node-1", action: action)
    }

    private func events(_ cluster: SteppedCluster) -> [KubernetesObject] {
        cluster.list(Resource.events, namespace: "default").filter { $0["involvedObject"]?["name"] == "p" }
    }

    @Test("what is said again is counted")
    func count() throws {
        let cluster = try cluster()
        for _ in 0..<3 { try cluster.perform(.event(draft("no"))) }
        #expect(events(cluster).map { $0["count"]?.intValue } == [3])
    }

    @Test("newer reporters keep a series instead of a count")
    func series() throws {
        let cluster = try cluster()
        for _ in 0..<3 { try cluster.perform(.event(draft("no", action: "Scheduling"))) }
        #expect(events(cluster).map { $0["series"]?["count"]?.intValue } == [3])
        #expect(events(cluster).map { $0["count"] } == [nil])
    }

    @Test("many that differ in their words only become one")
    func combined() throws {
        let cluster = try cluster()
        for number in 1...14 { try cluster.perform(.event(draft("number \(number)"))) }
        #expect(events(cluster).count == 11)
        let last = try #require(events(cluster).last)
        #expect(last["message"] == "(combined from similar events): number 14")
        #expect(last["count"] == 4)
    }

    @Test("who reports too much about one object is not heard for a while")
    func flood() throws {
        let cluster = try cluster()
        for _ in 1...40 { try cluster.perform(.event(draft("no"))) }
        #expect(events(cluster).map { $0["count"]?.intValue } == [25])
        cluster.run(.seconds(301))
        try cluster.perform(.event(draft("no")))
        #expect(events(cluster).map { $0["count"]?.intValue } == [26])
    }

    @Test("an event is forgotten an hour after it was last written")
    func expiry() throws {
        let cluster = try cluster()
        try cluster.perform(.event(draft("no")))
        cluster.run(.seconds(3000))
        try cluster.perform(.event(draft("no")))
        cluster.run(.seconds(3000))
        #expect(events(cluster).count == 1)
        cluster.run(.seconds(1000))
        #expect(events(cluster).isEmpty)
    }
}
