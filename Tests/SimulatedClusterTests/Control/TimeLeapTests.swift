import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("The clock that a client moves")
struct TimeLeapTests {
    private let api = TestAPI()

    private func advance(by seconds: Int) async -> DeferredResponse? {
        let request = APIRequest(
            method: "POST", path: "/sim/clock", body: Array("{\"advance\": \(seconds)}".utf8),
            clientCertificate: ClientIdentity(commonName: "admin", organizations: ["system:masters"]))
        guard case .deferred(let answer) = await api.cluster.handle(request).body else { return nil }
        return answer
    }

    @Test("answers when it is as late as was asked for, and others in between")
    func slices() async throws {
        let answer = try #require(await advance(by: 86_400 * 30))
        #expect(answer.current == nil)
        #expect(await api.cluster.now == TestAPI.start)
        #expect(await api.send("GET", "/version").status == 200)
        while await api.cluster.leap(budget: .milliseconds(1)) {}
        #expect(await api.cluster.now == TestAPI.start + .seconds(86_400 * 30))
        guard case .bytes(let bytes)? = answer.current?.body else {
            Issue.record("there is no answer")
            return
        }
        #expect(String(decoding: bytes, as: UTF8.self).contains("2026-01-31T00:00:00.000000000Z"))
    }

    @Test("a reset ends the waiting")
    func reset() async throws {
        let answer = try #require(await advance(by: 3_600))
        _ = await api.send("POST", "/sim/reset")
        #expect(answer.current?.status == 503)
        #expect(await !api.cluster.leap(budget: .zero))
    }
}
