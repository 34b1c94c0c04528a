import KubernetesModel
import Synchronization
import Testing

@testable import KubernetesClient

/// Reflectors against a server that answers by a script.
@Suite("Reflector", .timeLimit(.minutes(1)))
struct ReflectorTests {
    private static let scope = ReflectorScope(GroupVersionResource(resource: "pods"), namespace: "shop", labelSelector: "app=web")

    /// Follows pods until `isEnough`, and gives what was told and what was asked.
    private func follow(
        _ script: @escaping ScriptedServer.Script, timing: ReflectorTiming = .impatient, lineLimit: Int = 1 << 20,
        until isEnough: (ReflectorEvent) -> Bool
    ) async throws -> (events: [ReflectorEvent], requests: [String]) {
        let server = try await ScriptedServer.start(script)
        let client = ClusterClient(ClusterConfiguration(server: ServerAddress(isSecure: false, host: "127.0.0.1", port: server.port)))
        var events: [ReflectorEvent] = []
        reading: for await batch in client.reflect(Self.scope, timing: timing, lineLimit: lineLimit) {
            for event in batch {
                events.append(event)
                if isEnough(event) { break reading }
            }
        }
        await client.shutdown()
        await server.stop()
        return (events, server.requests)
    }

    private static let path = "/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb"
    private static let list = #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"10"},"items":[]}"#

    private static func line(_ type: String, _ name: String, _ version: String) -> String {
        let object = String(decoding: KubernetesObject.pod(name, version).compactJSON, as: UTF8.self)
        return #"{"type":"\#(type)","object":\#(object)}"# + "\n"
    }

    private static let notStreaming = ScriptedServer.Reply.http(
        "422 Unprocessable Entity",
        body: #"{"kind":"Status","code":422,"reason":"Invalid","message":"sendInitialEvents is forbidden for watch"}"#
    )

    @Test("a streaming list gives what exists, and goes on as the watch")
    func streamingList() async throws {
        let mark = #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}}"#
        let (events, requests) = try await follow { _, _ in
            .stream(Self.line("ADDED", "a", "3"), mark + "\n" + Self.line("MODIFIED", "a", "11"), ends: false)
        } until: {
            $0 == .applied(.pod("a", "11"))
        }
        #expect(events.withoutProgress == [.restarting, .initial(.pod("a", "3")), .ready(resourceVersion: "9"), .applied(.pod("a", "11"))])
        let watch = "&watch=true&allowWatchBookmarks=true&timeoutSeconds=300&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
        #expect(requests == [Self.path + watch])
    }

    @Test("an older server is listed page by page, and watched from the last page's version")
    func pagedList() async throws {
        let (events, requests) = try await follow { number, _ in
            switch number {
            case 0: Self.notStreaming
            case 1:
                .http(
                    "200 OK",
                    body:
                        #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"5","continue":"t/1","remainingItemCount":1},"items":[{"metadata":{"name":"a","managedFields":[{"a":1}]}}]}"#
                )
            case 2:
                .http(
                    "200 OK",
                    body: #"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"b"}}]}"#)
            default: .stream(Self.line("DELETED", "b", "7"), ends: false)
            }
        } until: {
            if case .deleted = $0 { true } else { false }
        }
        let named = { (name: String) in
            KubernetesObject(["apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name)]] as JSONObject)
        }
        #expect(
            events == [
                .restarting, .initial(named("a")), .progress(loaded: 1, remaining: 1), .initial(named("b")),
                .progress(loaded: 2, remaining: 0), .ready(resourceVersion: "5"), .deleted(.pod("b", "7")),
            ])
        #expect(
            Array(requests.dropFirst()) == [
                Self.path + "&limit=500", Self.path + "&limit=500&continue=t%2F1",
                Self.path + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=5",
            ])
    }

    @Test("a watch whose version has expired lists again, not older than what it saw")
    func expired() async throws {
        let (events, requests) = try await follow { number, _ in
            switch number {
            case 0: Self.notStreaming
            case 2:
                .stream(
                    Self.line("ADDED", "a", "11"), #"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}"# + "\n",
                    ends: true)
            default: .http("200 OK", body: Self.list)
            }
        } until: { [count = Counter()] in
            if case .ready = $0 { count.next() == 2 } else { false }
        }
        #expect(
            events.withoutProgress == [
                .restarting, .ready(resourceVersion: "10"), .applied(.pod("a", "11")), .restarting, .ready(resourceVersion: "10"),
            ])
        #expect(requests[3] == Self.path + "&resourceVersion=11&resourceVersionMatch=NotOlderThan")
    }

    @Test("an overloaded server is left alone as long as it says; then the watch goes on where it was")
    func tooManyRequests() async throws {
        let timing = RecordedTiming()
        let (events, requests) = try await follow(
            { number, _ in
                switch number {
                case 0: Self.notStreaming
                case 1: .http("200 OK", body: Self.list)
                case 2: .http("429 Too Many Requests", ["Retry-After: 7"], body: "")
                default: .stream(Self.line("ADDED", "a", "11"), ends: false)
                }
            }, timing: timing.timing
        ) { $0 == .applied(.pod("a", "11")) }
        #expect(events.map(\.kind) == ["restarting", "progress", "ready", "degraded 7.0 seconds", "recovered", "applied"])
        #expect(timing.slept == [.seconds(7)])
        #expect(requests[2] == requests[3])
    }

    @Test(
        "garbage, half a line and an endless line in a watch are failures it recovers from",
        arguments: [
            (
                "{\"type\":\"ADDED\",\"object\":{]\n", true,
                ClientError.Cause.notUnderstood("invalid JSON at byte 26: found ']' where a member's name belongs")
            ),
            ("{\"type\":\"ADD", true, .closedEarly),
            ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false, .lineTooLong(limit: 50)),
        ])
    func garbage(text: String, ends: Bool, cause: ClientError.Cause) async throws {
        let (events, _) = try await follow(
            { number, _ in
                switch number {
                case 0: Self.notStreaming
                case 1: .http("200 OK", body: Self.list)
                case 2: .stream(text, ends: ends)
                default: .stream("{\"type\":\"LATER\"}\n", ends: false)
                }
            }, lineLimit: cause == .lineTooLong(limit: 50) ? 50 : 1 << 20
        ) { $0 == .recovered }
        let failures = events.compactMap { event in if case .degraded(let error, _) = event { error } else { nil } }
        #expect(failures.map(\.cause) == [cause])
        #expect(failures.map(\.target.namespace) == ["shop"])
    }

    @Test("a watch that is silent for too long is opened again")
    func silence() async throws {
        let timing = RecordedTiming(jumps: true)
        let (events, _) = try await follow(
            { number, _ in
                switch number {
                case 0: Self.notStreaming
                case 1: .http("200 OK", body: Self.list)
                case 2: .stream(ends: false)
                default: .stream(Self.line("ADDED", "a", "11"), ends: false)
                }
            }, timing: timing.timing
        ) { $0.kind.hasPrefix("degraded") }
        guard case .degraded(let error, _)? = events.last else {
            Issue.record("the silence was not noticed")
            return
        }
        #expect(error.description == "Can't watch pods in namespace shop: the connection gave no sign of life for 310 seconds")
    }
}

extension ReflectorEvent {
    fileprivate var kind: String {
        switch self {
        case .restarting: "restarting"
        case .initial: "initial"
        case .progress: "progress"
        case .ready: "ready"
        case .applied: "applied"
        case .deleted: "deleted"
        case .degraded(_, let delay): "degraded \(delay)"
        case .recovered: "recovered"
        }
    }
}

extension [ReflectorEvent] {
    fileprivate var withoutProgress: [ReflectorEvent] {
        filter { if case .progress = $0 { false } else { true } }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
