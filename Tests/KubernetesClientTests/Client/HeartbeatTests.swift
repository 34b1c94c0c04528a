import KubernetesModel
import Synchronization
import Testing

@testable import KubernetesClient

@Suite("Heartbeat", .timeLimit(.minutes(1)))
struct HeartbeatTests {
    private static let watch = ScriptedServer.Reply.stream(
        #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7","annotations":{"k8s.io/initial-events-end":"true"}}}}"#, "\n",
        ends: false)

    /// Looks after a server, and returns what became known up to its being back.
    /// - Parameter asked: what the server says when it is asked whether it is there, by how often it was asked before.
    private func news(watching: Bool = false, asked: @escaping @Sendable (Int) -> ScriptedServer.Reply) async throws -> (
        news: [Heartbeat.News], requests: [String]
    ) {
        let count = Mutex(0)
        let server = try await ScriptedServer.start { _, line in
            guard line.contains("/version") else { return Self.watch }
            return asked(
                count.withLock { count in
                    defer { count += 1 }
                    return count
                })
        }
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        let stream = client.reflect(ReflectorScope(GroupVersionResource(resource: "pods")))
        if watching { for await batch in stream where batch.contains(.ready(resourceVersion: "7")) { break } }
        let told = Mutex<[Heartbeat.News]>([])
        let beating = Task {
            await Heartbeat(client, limit: .milliseconds(100), timing: .impatient).run { news in told.withLock { $0.append(news) } }
        }
        while !told.withLock({ $0.last == .back }), !Task.isCancelled { await Task.yield() }
        beating.cancel()
        await beating.value
        // A watch that goes on asks for what is new since the last version.
        if watching {
            while !server.requests.contains(where: { $0.contains("resourceVersion=7") }), !Task.isCancelled { await Task.yield() }
        }
        withExtendedLifetime(stream) {}
        await client.shutdown()
        await server.stop()
        return (told.withLock(\.self), server.requests)
    }

    @Test("a server that keeps its connection and says nothing is lost until it answers, and its watches go on from where they were")
    func silence() async throws {
        let (news, requests) = try await news(watching: true) { $0 == 0 ? .raw("", closes: false) : .http("200 OK", body: "{}") }
        guard case .lost(let error) = news.first else { return #expect(Bool(false), "\(news)") }
        #expect(error.reason.hasSuffix("did not answer in time"))
        #expect(news.last == .back)
        #expect(requests.contains { $0.contains("watch=true") && $0.contains("resourceVersion=7") })
    }

    @Test("a refusal is a sign of life")
    func refusal() async throws {
        let (news, _) = try await news { $0 == 0 ? .raw("", closes: false) : .http("403 Forbidden", body: "{}") }
        guard case .lost = news.first else { return #expect(Bool(false), "\(news)") }
        #expect(news.last == .back)
    }

    @Test("a server that rejects the credentials is asked seldom: each time a plugin may be run for others")
    func rejection() async throws {
        let server = try await ScriptedServer.start { _, _ in .http("401 Unauthorized", body: "{}") }
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        let timing = RecordedTiming()
        let beating = Task { await Heartbeat(client, limit: .seconds(60), timing: timing.timing).run { _ in } }
        while timing.slept.count < 2 { await Task.yield() }
        beating.cancel()
        await beating.value
        #expect(timing.slept.prefix(2) == [.seconds(5), .seconds(30)])
        await client.shutdown()
        await server.stop()
    }
}
