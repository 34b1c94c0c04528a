import SimulatedCluster
import Testing

@Suite("Upgrades of a running server", .serialized)
struct UpgradeTests {
    private static func handshake(_ path: String, key: String = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n") -> [UInt8] {
        Array(
            "GET \(path) HTTP/1.1\r\nHost: sim\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\(key)\r\n".utf8
        )
    }

    @Test("a watch over a WebSocket sends each event as a text message")
    func watch() async throws {
        try await ServedPod.serving { client in
            let answer = try await client.exchange([Self.handshake("/api/v1/namespaces/default/pods?watch=true")]) { $0.contains("ADDED") }
            #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            #expect(answer.contains(#"{"type":"ADDED","object":{"kind":"Pod""#))
        }
    }

    @Test("a handshake without its key, or for what is no stream, is answered as an ordinary request")
    func refused() async throws {
        try await ServedPod.serving { client in
            let version = try await client.exchange([Self.handshake("/version")]) { $0.contains("platform") }
            #expect(version.hasPrefix("HTTP/1.1 200 OK\r\n"))
            let keyless = Self.handshake("/api/v1/namespaces/default/pods/p/exec?command=date&stdout=1", key: "")
            let answer = try await client.exchange([keyless]) { $0.contains("Status") }
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
        }
    }

    /// What a client sends, unmasked by a mask of zeros.
    private static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let length = (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> ($0 * 8)) }
        return [first, 0x80 | 127] + length + [0, 0, 0, 0] + payload
    }

    @Test("a message may be as long as several megabytes, and each frame is one")
    func longMessage() async throws {
        try await ServedPod.serving { client in
            let path = "/api/v1/namespaces/default/pods/p/exec?command=wc&command=-c&stdin=1&stdout=1"
            let hello = String(decoding: Self.handshake(path), as: UTF8.self).replacing(
                "\r\n\r\n", with: "\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n")
            let long = Self.frame(0x82, [0] + [UInt8](repeating: 0x61, count: 3 << 20))
            // The first frame of two, and the other: both begin with the number of the channel.
            let parts = Self.frame(0x02, [0, 0x61]) + Self.frame(0x80, [0, 0x61])
            let end = Self.frame(0x82, [255, 0])
            let answer = try await client.bytes(after: [Array(hello.utf8), long + parts + end]) {
                String(decoding: $0, as: UTF8.self).contains("Success")
            }
            #expect(String(decoding: answer, as: UTF8.self).contains("3145730\n"))
        }
    }

    @Test("a request that changes something is performed once, though it asks for a WebSocket")
    func changeOverWebSocket() async throws {
        func request(_ method: String, _ path: String, _ body: String, _ headers: String) -> [UInt8] {
            Array(
                "\(method) \(path) HTTP/1.1\r\nHost: sim\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\r\n\(body)"
                    .utf8)
        }
        try await ServedPod.serving { client in
            _ = try await client.exchange([request("POST", "/api/v1/namespaces", #"{"metadata":{"name":"default"}}"#, "Connection: close")])
            let path = "/api/v1/namespaces/default/configmaps"
            let made = try await client.exchange([request("POST", path, #"{"metadata":{"name":"x"}}"#, "Connection: close")])
            #expect(made.hasPrefix("HTTP/1.1 201 "))
            let upgrade =
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
            let deleted = try await client.exchange([request("DELETE", path + "/x", "", upgrade)]) { $0.contains("Status") }
            #expect(deleted.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("a request for SPDY of an object that is only called like a session is performed once", arguments: ["default", "pods"])
    func objectCalledExec(namespace: String) async throws {
        func request(_ method: String, _ path: String, _ body: String = "", _ headers: String = "Connection: close") -> [UInt8] {
            Array(
                "\(method) \(path) HTTP/1.1\r\nHost: sim\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\r\n\(body)"
                    .utf8)
        }
        try await ServedPod.serving { client in
            _ = try await client.exchange([request("POST", "/api/v1/namespaces", #"{"metadata":{"name":"\#(namespace)"}}"#)])
            let path = "/api/v1/namespaces/\(namespace)/configmaps"
            let made = try await client.exchange([request("POST", path, #"{"metadata":{"name":"exec"}}"#)])
            #expect(made.hasPrefix("HTTP/1.1 201 "))
            let upgrade = request("DELETE", path + "/exec", "", "Connection: Upgrade\r\nUpgrade: SPDY/3.1")
            let deleted = try await client.exchange([upgrade]) { $0.contains("Status") }
            #expect(deleted.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("a request for SPDY is answered with the protocol, or with a status that says what is missing")
    func spdy() async throws {
        func head(_ path: String, _ version: String) -> [UInt8] {
            Array("POST \(path) HTTP/1.1\r\nHost: sim\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\(version)\r\n".utf8)
        }
        let exec = "/api/v1/namespaces/default/pods/p/exec?command=date&stdout=1"
        let versions = "X-Stream-Protocol-Version: v5.channel.k8s.io\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n"
        try await ServedPod.serving { client in
            let accepted = try await client.exchange([head(exec, versions)]) { $0.contains("\r\n\r\n") }
            #expect(accepted.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            #expect(accepted.lowercased().contains("x-stream-protocol-version: v4.channel.k8s.io\r\n"))
            let unknown = try await client.exchange([head(exec, "X-Stream-Protocol-Version: v9\r\n")]) { $0.contains("server accepts") }
            #expect(unknown.hasPrefix("HTTP/1.1 403 "))
            #expect(
                unknown.contains(
                    "client supports [v9], server accepts [v4.channel.k8s.io v3.channel.k8s.io v2.channel.k8s.io channel.k8s.io]"))
            let none = try await client.exchange([head(exec, "")]) { $0.contains("is required") }
            #expect(none.hasPrefix("HTTP/1.1 400 "))
        }
    }
}
