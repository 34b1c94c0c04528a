import NIOCore
import SimulatedClusterServer
import Testing

/// Whatever one client does, the server answers or hangs up, and goes on serving the others.
@Suite("Bad clients of a running server", .serialized)
struct BadClientTests {
    @Test("bytes that are no HTTP are refused with a status")
    func noHTTP() async throws {
        let random = Noise(seed: 7)
        try await ServedPod.serving { client in
            for length in [1, 40, 3_000] {
                let answer = try await client.exchange([random.bytes(length) + Array("\r\n\r\n".utf8)])
                #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
                #expect(answer.contains(#""kind":"Status""#))
            }
        }
    }

    @Test(
        "a request that hurts HTTP's rules is told which one",
        arguments: [
            ("BREW /api HTTP/1.1\r\nHost: sim\r\n\r\n", 400, "the method is none that HTTP knows"),
            ("GET /api HTTP/4.2\r\nHost: sim\r\n\r\n", 400, "only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken"),
            ("GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\nHost: sim\r\n\r\n", 431, "longer than the server reads"),
            ("GET /api HTTP/1.1\r\nX: \(String(repeating: "a", count: 200_000))\r\n\r\n", 431, "longer than the server reads"),
            (
                "POST /api/v1/namespaces HTTP/1.1\r\nHost: sim\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
                "the size of a chunk is no hexadecimal number"
            ),
            ("POST /api/v1/namespaces HTTP/1.1\r\nHost: sim\r\nContent-Length: -7\r\n\r\n", 400, "the content length is no number"),
        ])
    func brokenRules(request: String, code: Int, problem: String) async throws {
        try await ServedPod.serving { client in
            let answer = try await client.exchange([Array(request.utf8)])
            #expect(answer.hasPrefix("HTTP/1.1 \(code) "))
            #expect(answer.contains(#""code":\#(code)}"#))
            #expect(answer.contains(problem))
        }
    }

    @Test("an old client is answered as it understands it: without chunks, until the connection ends")
    func oldClient() async throws {
        try await ServedPod.serving { client in
            let whole = try await client.exchange([Array("GET /healthz HTTP/1.0\r\n\r\n".utf8)])
            #expect(whole.hasSuffix("\r\n\r\nok"))
            let watch = try await client.exchange([Array("GET /api/v1/namespaces?watch=1&timeoutSeconds=1 HTTP/1.0\r\n\r\n".utf8)])
            #expect(!watch.lowercased().contains("transfer-encoding"))
            #expect(watch.contains("\r\n\r\n{\"type\":\"ADDED\""))
        }
    }

    @Test("a client that waits for permission to send its body gets it")
    func expectation() async throws {
        try await ServedPod.serving { client in
            let head = "POST /api/v1/namespaces HTTP/1.1\r\nHost: sim\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
            let answer = try await client.exchange([Array(head.utf8)]) { $0.contains("\r\n\r\n") }
            #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n"))
        }
    }

    @Test("a body above three megabytes is too large")
    func tooLarge() async throws {
        try await ServedPod.serving { client in
            let size = (3 << 20) + 1
            let head =
                "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: sim\r\nConnection: close\r\nContent-Length: \(size)\r\n\r\n"
            let answer = try await client.exchange([Array(head.utf8), [UInt8](repeating: 0x20, count: size)])
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(answer.contains(#""reason":"RequestEntityTooLarge""#))
        }
    }

    @Test(
        "any frames in any session end that session at most",
        arguments: ["exec?command=sh&tty=true", "exec?command=cat", "portforward?ports=80"])
    func frames(subresource: String) async throws {
        let random = Noise(seed: 11)
        let subprotocols = subresource.hasPrefix("exec") ? "v5.channel.k8s.io" : "SPDY/3.1+portforward.k8s.io"
        let handshake = """
            GET /api/v1/namespaces/default/pods/p/\(subresource)&stdin=true&stdout=true HTTP/1.1\r
            Host: sim\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            Sec-WebSocket-Protocol: \(subprotocols)\r
            \r

            """
        try await ServedPod.serving { client in
            for _ in 0..<20 {
                let pieces = (0..<6).map { _ in random.next(below: 4) == 0 ? random.bytes(30) : RawFrame(random).bytes }
                let answer = try await client.exchange([Array(handshake.utf8)] + pieces) { $0.contains("\r\n\r\n") }
                #expect(answer.hasPrefix("HTTP/1.1 101"))
            }
        }
    }

    @Test("any frames of HTTP/2 end their connection at most")
    func framesOfHTTP2() async throws {
        let random = Noise(seed: 13)
        try await ServedPod.serving { server, _ in
            let client = try RawClient(port: server.port, kubeconfig: server.kubeconfig, language: "h2")
            let headers = [(name: ":method", value: "GET"), (":scheme", "https"), (":path", "/api"), (":authority", "sim")]
            for _ in 0..<30 {
                let frames = (0..<8).map { _ in
                    RawHTTP2.frame(
                        RawHTTP2.Frame(
                            type: UInt8(random.next(below: 12)), flags: UInt8(random.next(below: 64)), stream: random.next(below: 6),
                            payload: random.bytes(random.next(below: 40))))
                }
                // Until the first answer: what comes after it may leave the connection open.
                _ = try await client.bytes(after: [RawHTTP2.request(headers)] + frames) { !$0.isEmpty }
            }
        }
    }

    @Test(
        "any bytes after a change to SPDY end that session at most",
        arguments: ["exec?command=cat&stdin=true&stdout=true", "portforward?ports=80"])
    func bytesOfSPDY(subresource: String) async throws {
        let random = Noise(seed: 17)
        let name = subresource.hasPrefix("exec") ? "v4.channel.k8s.io" : "portforward.k8s.io"
        let head = """
            POST /api/v1/namespaces/default/pods/p/\(subresource) HTTP/1.1\r
            Host: sim\r
            Connection: Upgrade\r
            Upgrade: SPDY/3.1\r
            X-Stream-Protocol-Version: \(name)\r
            \r

            """
        try await ServedPod.serving { client in
            for _ in 0..<20 {
                let pieces = (0..<4).map { _ in
                    let kind = UInt8(random.next(below: 9))
                    let payload = random.bytes(random.next(below: 60))
                    return random.next(below: 3) == 0 ? payload : [0x80, 3, 0, kind, 0, 0, 0, UInt8(payload.count)] + payload
                }
                let answer = try await client.exchange([Array(head.utf8)] + pieces) { $0.contains("\r\n\r\n") }
                #expect(answer.hasPrefix("HTTP/1.1 101"))
            }
        }
    }

    @Test("commands that write without end, to clients that don't read, keep nobody waiting and hold no memory")
    func unreadOutput() async throws {
        let handshake = """
            GET /api/v1/namespaces/default/pods/p/exec?command=cat&command=/dev/zero&stdout=true HTTP/1.1\r
            Host: sim\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            Sec-WebSocket-Protocol: v5.channel.k8s.io\r
            \r

            """
        try await ServedPod.serving { client in
            var channels: [any Channel] = []
            for _ in 0..<20 { channels.append(try await client.sendWithoutReading(Array(handshake.utf8))) }
            for _ in 0..<20 { #expect(try await client.get("/healthz").hasSuffix("ok")) }
            for channel in channels { channel.close(promise: nil) }
        }
    }

    @Test("hundreds of watches that nobody reads, and requests that come a byte at a time, keep nobody waiting")
    func crowd() async throws {
        try await ServedPod.serving { client in
            let watch = Array("GET /api/v1/pods?watch=true HTTP/1.1\r\nHost: sim\r\n\r\n".utf8)
            var channels: [any Channel] = []
            for _ in 0..<500 { channels.append(try await client.sendWithoutReading(watch)) }
            // Each has begun a request: any other single byte of it is none's beginning, and the server would hang up.
            for count in 1...5 { channels.append(try await client.sendWithoutReading(Array(watch.prefix(count)))) }
            #expect(try await client.get("/healthz").hasSuffix("ok"))
            // Without waiting: a side that never reads never hears that the other one has closed, too.
            for channel in channels { channel.close(promise: nil) }
        }
    }
}

/// A client's WebSocket frame, masked with zeros.
private struct RawFrame {
    var opcode: UInt8
    var isFinal = true
    var payload: [UInt8]

    init(_ random: Noise) {
        opcode = random.next(below: 3) == 0 ? UInt8(random.next(below: 16)) : 2
        isFinal = random.next(below: 5) > 0
        payload = [UInt8([0, 1, 3, 4, 255, 128][random.next(below: 6)])] + random.bytes(random.next(below: 100))
    }

    var bytes: [UInt8] { [opcode | (isFinal ? 0x80 : 0), UInt8(payload.count) | 0x80, 0, 0, 0, 0] + payload }
}

/// Numbers that are the same in every run.
private final class Noise {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(next(below: 256)) }
    }
}
