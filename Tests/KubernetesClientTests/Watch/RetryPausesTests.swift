import KubernetesModel
import Synchronization
import Testing

@testable import KubernetesClient

/// Reflectors whose pauses have no end of their own.
@Suite("Pauses between attempts", .timeLimit(.minutes(1)))
struct RetryPausesTests {
    private static let endless = ReflectorTiming(
        now: { .zero }, sleep: { _ in try await Task.sleep(for: .seconds(36_000)) },
        nap: { _ in try await Task.sleep(for: .seconds(36_000)) }, random: { 0 }
    )
    private static let list = ScriptedServer.Reply.http(
        "200 OK", body: #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"10"},"items":[]}"#)

    /// Follows pods from a server whose first answer is `first`; calls `act` each time an attempt has failed.
    /// - Returns: the attempts until the list was there.
    private func follow(first: ScriptedServer.Reply, act: @Sendable @escaping (ClusterClient) async -> Void) async throws -> Int {
        let attempts = Mutex(0)
        let server = try await ScriptedServer.start { _, line in
            guard line.contains("/pods") else { return .http("200 OK", body: "{}") }
            let number = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            return number == 1 ? first : line.contains("watch=true") ? .http("400 Bad Request", body: "{}") : Self.list
        }
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        let asking = Mutex<Task<Void, Never>?>(nil)
        reading: for await batch in client.reflect(ReflectorScope(GroupVersionResource(resource: "pods")), timing: Self.endless) {
            for event in batch {
                if case .ready = event { break reading }
                guard case .degraded = event else { continue }
                // Again and again: the pause may not have begun yet.
                let task = Task { while !Task.isCancelled { await act(client) } }
                asking.withLock { $0 = task }
            }
        }
        asking.withLock(\.self)?.cancel()
        await client.shutdown()
        await server.stop()
        return attempts.withLock { $0 }
    }

    @Test("once anything is answered again, a watch that has lost the server tries again at once")
    func answer() async throws {
        let attempts = try await follow(first: .raw("")) { client in
            _ = try? await client.get(GroupVersionResource(resource: "nodes"), name: "a")
        }
        #expect(attempts >= 2)
    }

    @Test("a person who asks again is not kept waiting, whatever failed")
    func asked() async throws {
        let attempts = try await follow(first: .http("403 Forbidden", body: "{}")) { client in
            client.retryNow()
            await Task.yield()
        }
        #expect(attempts >= 2)
    }
}
