import SimulatedClusterServer
import Testing

/// Requests that are larger than the server reads are told so at once, by whatever protocol they come.
@Suite("Limits of a running server", .serialized)
struct RequestLimitTests {
    private static let path = "/api/v1/namespaces/default/configmaps"

    private static func head(_ rest: String) -> [UInt8] {
        Array("POST \(path) HTTP/1.1\r\nHost: sim\r\n\(rest)\r\n\r\n".utf8)
    }

    private static func headers(_ more: [(name: String, value: String)]) -> [(name: String, value: String)] {
        [(":method", "POST"), (":scheme", "https"), (":path", path), (":authority", "sim")] + more
    }

    @Test("a large list is sent in chunks as it is read, and compressed to who takes that")
    func largeList() async throws {
        func request(_ method: String, _ path: String, _ headers: String, _ body: String = "") -> [UInt8] {
            Array(
                "\(method) \(path) HTTP/1.1\r\nHost: sim\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
                    .utf8)
        }
        try await ServedPod.serving { client in
            let path = "/api/v1/namespaces/default/configmaps"
            for name in ["a", "b"] {
                let body = #"{"metadata":{"name":"\#(name)"},"data":{"text":"\#(String(repeating: name, count: 700 << 10))"}}"#
                _ = try await client.exchange([request("POST", path, "Content-Type: application/json\r\n", body)])
            }
            let plain = try await client.exchange([request("GET", path, "Accept-Encoding: identity\r\n")])
            #expect(plain.lowercased().contains("transfer-encoding: chunked"))
            #expect(plain.contains(#""items":[{"metadata""#))
            #expect(plain.hasSuffix("]}\n\r\n0\r\n\r\n"))
            let packed = try await client.bytes(after: [request("GET", path, "Accept-Encoding: gzip\r\n")])
            #expect(String(decoding: packed.prefix(600), as: UTF8.self).lowercased().contains("content-encoding: gzip"))
            #expect(packed.count < 100 << 10)
        }
    }

    @Test("a length far above the limit is refused from the head, before any of the body was sent")
    func declared() async throws {
        try await ServedPod.serving { client in
            let answer = try await client.exchange([Self.head("Content-Length: 1099511627776")])
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("connection: close\r\n"))
            #expect(answer.contains(#""reason":"RequestEntityTooLarge""#))
        }
    }

    @Test("a client that waits for permission to send too much is refused instead")
    func expectation() async throws {
        try await ServedPod.serving { client in
            let answer = try await client.exchange([Self.head("Expect: 100-continue\r\nContent-Length: 4194304")])
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("a body in chunks is refused as soon as it is too large, though its end never comes")
    func chunked() async throws {
        let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 0x20, count: 1 << 20) + Array("\r\n".utf8)
        try await ServedPod.serving { client in
            let answer = try await client.exchange([Self.head("Transfer-Encoding: chunked")] + Array(repeating: chunk, count: 4))
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("over HTTP/2 a length far above the limit is refused from the head, too")
    func declaredHTTP2() async throws {
        try await ServedPod.serving { server, _ in
            let client = try RawClient(port: server.port, kubeconfig: server.kubeconfig, language: "h2")
            let request = RawHTTP2.request(Self.headers([("content-length", "1099511627776")]), endsStream: false)
            let answer = try await client.bytes(after: [request]) { RawHTTP2.frames(in: $0).contains { $0.type == RawHTTP2.Kind.data } }
            let data = RawHTTP2.frames(in: answer).filter { $0.type == RawHTTP2.Kind.data }.flatMap(\.payload)
            #expect(String(decoding: data, as: UTF8.self).contains(#""reason":"RequestEntityTooLarge""#))
        }
    }

    @Test("over HTTP/2 a head that is too long is told so")
    func longHeadHTTP2() async throws {
        try await ServedPod.serving { server, _ in
            let client = try RawClient(port: server.port, kubeconfig: server.kubeconfig, language: "h2")
            let request = RawHTTP2.request(Self.headers([("x", String(repeating: "a", count: 900_000))]))
            let answer = try await client.bytes(after: [request]) { RawHTTP2.frames(in: $0).contains { $0.type == RawHTTP2.Kind.data } }
            let data = RawHTTP2.frames(in: answer).filter { $0.type == RawHTTP2.Kind.data }.flatMap(\.payload)
            #expect(String(decoding: data, as: UTF8.self).contains(#""code":431"#))
        }
    }

    @Test("over HTTP/2 a head that is longer still ends the connection, with the reason", arguments: [1_500_000, 5_000_000])
    func endlessHeadHTTP2(length: Int) async throws {
        try await ServedPod.serving { server, _ in
            let client = try RawClient(port: server.port, kubeconfig: server.kubeconfig, language: "h2")
            let request = RawHTTP2.request(Self.headers([("x", String(repeating: "a", count: length))]))
            let answer = try await client.bytes(after: [request])
            #expect(RawHTTP2.frames(in: answer).contains { $0.type == RawHTTP2.Kind.goAway })
        }
    }

    @Test("a client that speaks HTTP without TLS is told so", arguments: ["GET / HTTP/1.1", "POST /api HTTP/1.1", "OPTIONS * HTTP/1.0"])
    func plain(request: String) async throws {
        try await ServedPod.serving { server, _ in
            let client = RawClient(plainlyTo: server.port)
            let answer = try await client.exchange(["\(request.prefix(3))", "\(request.dropFirst(3))\r\n\r\n"].map { Array($0.utf8) })
            #expect(answer == "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")
        }
    }
}
