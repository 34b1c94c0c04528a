import KubernetesModel
import Testing

@testable import KubernetesClient

/// Several who follow the same scope, on a server that has the pod `a` and tells no change: they come and go.
@Suite("Shared reflector", .timeLimit(.minutes(1)))
struct SharedReflectorTests {
    private static let scope = ReflectorScope(GroupVersionResource(resource: "pods"))

    private func with(_ body: (ClusterClient, ScriptedServer) async throws -> Void) async throws {
        let pod = String(decoding: KubernetesObject.pod("a", "3").compactJSON, as: UTF8.self)
        let mark = #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}}"#
        let list = #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[\#(pod)]}"#
        let server = try await ScriptedServer.start { _, line in
            guard line.contains("watch=") else { return .http("200 OK", body: list) }
            return .stream(#"{"type":"ADDED","object":\#(pod)}"# + "\n" + mark + "\n", ends: false)
        }
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        try await body(client, server)
        await client.shutdown()
        await server.stop()
    }

    private func reflect(_ client: ClusterClient) -> ReflectorStream.Iterator {
        client.reflect(Self.scope, timing: .impatient).makeAsyncIterator()
    }

    /// What is told up to the next complete list, without its progress.
    private func list(_ iterator: inout ReflectorStream.Iterator) async -> [ReflectorEvent] {
        var events: [ReflectorEvent] = []
        while let batch = await iterator.next() {
            events += batch.filter { if case .progress = $0 { false } else { true } }
            if case .ready = events.last { break }
        }
        return events
    }

    private static let all: [ReflectorEvent] = [.restarting, .initial(.pod("a", "3")), .ready(resourceVersion: "9")]

    @Test("who follows the same scope from the start is told by the same watch")
    func together() async throws {
        try await with { client, server in
            var first = reflect(client)
            var second = reflect(client)
            #expect(await list(&first) == Self.all)
            #expect(await list(&second) == Self.all)
            #expect(server.requests.count == 1)
        }
    }

    @Test("one who comes later reads a list of its own, and the watch goes on")
    func late() async throws {
        try await with { client, server in
            var first = reflect(client)
            #expect(await list(&first) == Self.all)
            var second = reflect(client)
            #expect(await list(&second) == Self.all)
            #expect(server.requests.map { $0.contains("watch=") } == [true, false])
        }
    }

    @Test("one who leaves takes nothing from the others")
    func leaving() async throws {
        try await with { client, _ in
            var first = reflect(client)
            do {
                var second = reflect(client)
                #expect(await list(&second) == Self.all)
            }
            #expect(await list(&first) == Self.all)
            var third = reflect(client)
            #expect(await list(&third) == Self.all)
        }
    }

    @Test("a scope that nobody follows any longer has no reflector")
    func ended() async throws {
        try await with { client, _ in
            do {
                var only = reflect(client)
                #expect(await list(&only) == Self.all)
            }
            #expect(client.reflectors.count == 0)
        }
    }
}
