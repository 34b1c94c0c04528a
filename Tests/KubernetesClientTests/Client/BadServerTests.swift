import KubernetesModel
import Synchronization
import Testing

@testable import KubernetesClient

/// What the client makes of servers that misbehave.
@Suite("Bad servers")
struct BadServerTests {
    private static let pods = GroupVersionResource(resource: "pods")

    /// The error of listing pods from a server that answers like this.
    private func errorOfList(_ reply: ScriptedServer.Reply) async throws -> ClientError {
        let server = try await ScriptedServer.start { _, _ in reply }
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        let error = await #expect(throws: ClientError.self) { try await client.list(Self.pods, namespace: "shop") }
        await client.shutdown()
        await server.stop()
        return try #require(error)
    }

    @Test("garbage in place of HTTP is not understood")
    func garbage() async throws {
        let error = try await errorOfList(.raw("\u{1}\u{2}SSH-2.0-OpenSSH\r\n\r\n"))
        #expect(error.description == "Can't list pods in namespace shop: the server's answer is not the Kubernetes API's: it is not HTTP")
    }

    @Test("a sign-in page in place of JSON is not understood")
    func html() async throws {
        let error = try await errorOfList(.http("200 OK", body: "<html>Sign in</html>"))
        #expect(error.cause == .notUnderstood("it is not a JSON object"))
    }

    @Test("half a JSON document is not understood")
    func halfDocument() async throws {
        let error = try await errorOfList(.http("200 OK", body: #"{"kind":"PodList","items":[{"metadata":"#))
        #expect(error.cause == .notUnderstood("the list ends too early"))
    }

    @Test("a body that breaks off was closed early")
    func brokenBody() async throws {
        let error = try await errorOfList(.raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"kind\":"))
        #expect(error.description == "Can't list pods in namespace shop: the connection was closed before the answer was complete")
    }

    @Test("an answer without an end is cut off")
    func endless() async throws {
        let server = try await ScriptedServer.start { _, _ in .stream(String(repeating: "x", count: 3 << 20), ends: false) }
        let configuration = ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port))
        let client = ClusterClient(configuration, allowsHTTP2: true, longestAnswer: 2 << 20)
        let error = await #expect(throws: ClientError.self) { try await client.get(Self.pods, namespace: "shop", name: "cart-0") }
        #expect(error?.description == "Can't read pods/cart-0 in namespace shop: the server's answer goes on after 2 MiB")
        await client.shutdown()
        await server.stop()
    }

    @Test("an answer that comes a byte at a time is given up when the time for all of it is over", .timeLimit(.minutes(1)))
    func dripping() async throws {
        let server = try await ScriptedServer.start { _, _ in
            var reply = ScriptedServer.Reply.stream(#"{"kind":"PodList","items":["#, ends: false)
            reply.drip = "1\r\n \r\n"
            return reply
        }
        var configuration = ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port))
        configuration.answerTimeout = .seconds(1)
        let client = ClusterClient(configuration)
        let list = await #expect(throws: ClientError.self) { try await client.list(Self.pods, namespace: "shop") }
        #expect(list?.description == "Can't list pods in namespace shop: the server's answer was not complete after 1 s")
        let object = await #expect(throws: ClientError.self) { try await client.get(Self.pods, namespace: "shop", name: "cart-0") }
        #expect(object?.cause == .answerTooSlow(limit: .seconds(1)))
        await client.shutdown()
        await server.stop()
    }

    @Test("a server that hangs up at once closed early")
    func closesAtOnce() async throws {
        #expect(try await errorOfList(.raw("")).cause == .closedEarly)
    }

    @Test("a refusal's own words are told, its control characters made visible")
    func forbidden() async throws {
        let status =
            #"{"kind":"Status","status":"Failure","message":"pods is forbidden: User \"eve\u001b[2J\" cannot list","reason":"Forbidden","code":403}"#
        let error = try await errorOfList(.http("403 Forbidden", body: status))
        #expect(error.isForbidden)
        #expect(error.description == #"Can't list pods in namespace shop: pods is forbidden: User "eve\u{1b}[2J" cannot list (403)"#)
    }

    @Test("an overloaded server says when to come back")
    func tooManyRequests() async throws {
        let error = try await errorOfList(.http("429 Too Many Requests", ["Retry-After: 7"], body: "slow down"))
        #expect(error.description == "Can't list pods in namespace shop: the cluster refuses it for now (429): slow down; try again in 7 s")
    }

    @Test("nothing that listens is a refused connection")
    func refused() async throws {
        let server = try await ScriptedServer.start { _, _ in .raw("") }
        await server.stop()
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        let error = await #expect(throws: ClientError.self) { try await client.get(Self.pods, namespace: "shop", name: "cart-0") }
        #expect(error?.cause == .refused(address: "127.0.0.1:\(server.port)"))
        await client.shutdown()
    }

    @Test(
        "a server that doesn't open a WebSocket is quoted, or said to have hung up",
        arguments: [
            (
                ScriptedServer.Reply.http("403 Forbidden", body: #"{"kind":"Status","message":"no exec for eve","code":403}"#),
                "no exec for eve (403)"
            ),
            (.raw(""), "the connection was closed before the answer was complete"),
        ])
    func refusedCommand(reply: ScriptedServer.Reply, reason: String) async throws {
        let server = try await ScriptedServer.start { _, _ in reply }
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        let error = await #expect(throws: ClientError.self) {
            try await client.run(["ls", "-l"], pod: "cart-0", namespace: "shop", container: "web")
        }
        #expect(error?.reason == reason)
        #expect(
            server.requests == [
                "/api/v1/namespaces/shop/pods/cart-0/exec?command=ls&command=-l&container=web&stdin=false&stdout=true&stderr=true&tty=false"
            ])
        await client.shutdown()
        await server.stop()
    }

    @Test("what the server warns of is told for writes, and not for each look at what is deprecated")
    func warnings() async throws {
        let server = try await ScriptedServer.start { _, _ in
            .http(
                "200 OK", [#"Warning: 299 - "unknown field \"spec.x\"""#],
                body: #"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"}}"#)
        }
        let told = Mutex<[String]>([])
        let configuration = ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port))
        let client = ClusterClient(configuration) { text in told.withLock { $0.append(text) } }
        let configMaps = GroupVersionResource(resource: "configmaps")
        _ = try await client.get(configMaps, namespace: "default", name: "a")
        #expect(told.withLock { $0 } == [])
        _ = try await client.patch(configMaps, namespace: "default", name: "a", with: .merge([:]))
        #expect(told.withLock { $0 } == [#"unknown field "spec.x""#])
        await client.shutdown()
        await server.stop()
    }
}
