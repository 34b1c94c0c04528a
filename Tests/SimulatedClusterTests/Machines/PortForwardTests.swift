import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Port-forwarding and proxies")
struct PortForwardTests {
    private let cluster: SteppedCluster
    private let pod: KubernetesObject

    init() throws {
        cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        let script = "echo hello > /tmp/index.html; httpd -f -p 8080 -h /tmp & echo $! > /tmp/number; sleep infinity"
        pod = try cluster.runningPod("command: [sh, -c, '\(script)'], ports: [{containerPort: 8080}]")
    }

    private func forward(_ transport: SessionTransport, ports: [Int] = []) throws -> DuplexSession {
        try #require(cluster.parts.nodes).forward(ports: ports, to: pod, over: transport)
    }

    private func send(_ bytes: [UInt8], to session: DuplexSession) -> [UInt8] {
        cluster.parts.sessions.deliver(.message(bytes), to: session)
        cluster.run(.milliseconds(200))
        return session.outbound.drain().flatMap(\.self)
    }

    private static let request = Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
    private static func answer(_ connection: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\nConnection: \(connection)\r\n\r\nhello\n"
    }

    @Test("a connection in SPDY streams reaches the server and closes both streams at its end")
    func tunnelled() throws {
        let session = try forward(.spdy)
        _ = send(SPDYTests.opening, to: session)
        var reader = SPDYFrameReader()
        let kept = try reader.frames(after: send(SPDYFrame.data(stream: 3, Self.request, isLast: false).bytes, to: session))
        #expect(kept == [.data(stream: 3, Array(Self.answer("keep-alive").utf8), isLast: false)])
        let ended = try reader.frames(after: send(SPDYFrame.data(stream: 3, [], isLast: true).bytes, to: session))
        #expect(ended == [.data(stream: 1, [], isLast: true), .data(stream: 3, [], isLast: true)])
    }

    @Test("a connection ends when the server does, also while nothing is asked of it", arguments: [SessionTransport.spdy, .channels])
    func serverEnds(transport: SessionTransport) throws {
        let session = try forward(transport, ports: [8080])
        if transport == .spdy { _ = send(SPDYTests.opening, to: session) }
        cluster.run(.seconds(5))
        #expect(!session.outbound.isFinished)
        _ = session.outbound.drain()
        _ = try TestSession(cluster, pod: pod, command: ["sh", "-c", "kill -9 $(cat /tmp/number)"], stdin: false)
        cluster.run(.seconds(1))
        if transport == .channels { return #expect(session.outbound.isFinished) }
        var reader = SPDYFrameReader()
        let frames = try reader.frames(after: session.outbound.drain().flatMap(\.self))
        #expect(frames == [.data(stream: 1, [], isLast: true), .data(stream: 3, [], isLast: true)])
    }

    @Test("the second stream of a connection is waited for half a minute, and then the first one is told and closed")
    func half() throws {
        let session = try forward(.spdy)
        let block = SPDYHeaderDeflater().block([("streamtype", "error"), ("port", "8080"), ("requestid", "7")])
        _ = send(SPDYFrame.openStream(1, headers: block, isLast: true).bytes, to: session)
        cluster.run(.seconds(29))
        #expect(session.outbound.drain().isEmpty)
        cluster.run(.seconds(2))
        var reader = SPDYFrameReader()
        let frames = try reader.frames(after: session.outbound.drain().flatMap(\.self))
        #expect(
            frames == [
                .data(stream: 1, Array("(request=7) timed out waiting for streams".utf8), isLast: false),
                .data(stream: 1, [], isLast: true),
            ])
        #expect(!session.outbound.isFinished)
    }

    @Test("nothing is written to a stream that the client has reset; a connection ends with that of its data")
    func reset() throws {
        let session = try forward(.spdy)
        _ = send(SPDYTests.opening + SPDYFrame.reset(stream: 1, status: 5).bytes, to: session)
        var reader = SPDYFrameReader()
        let closing = Array("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".utf8)
        let answered = try reader.frames(after: send(SPDYFrame.data(stream: 3, closing, isLast: false).bytes, to: session))
        #expect(answered == [.data(stream: 3, Array(Self.answer("close").utf8), isLast: false), .data(stream: 3, [], isLast: true)])
        let other = try forward(.spdy)
        _ = send(SPDYTests.opening + SPDYFrame.reset(stream: 3, status: 5).bytes, to: other)
        #expect(send(SPDYFrame.data(stream: 3, closing, isLast: false).bytes, to: other).isEmpty)
    }

    @Test("a client that asks without reading the answers is kept from asking more, until it has read them")
    func greedy() throws {
        let session = try forward(.channels, ports: [8080])
        let requests = [[UInt8]](repeating: Self.request, count: 5_000).flatMap(\.self)
        cluster.parts.sessions.deliver(.message([0] + requests), to: session)
        #expect(!session.intake.isOpen)
        var answers = 0
        while !session.intake.isOpen, answers < 10_000 {
            cluster.run(.seconds(30))
            answers += session.outbound.drain().count
            if session.outbound.takeRelief() { cluster.parts.sessions.deliver(.drained, to: session) }
        }
        #expect(session.intake.isOpen)
        cluster.run(.seconds(30))
        // Each channel has begun with its port.
        #expect(answers + session.outbound.drain().count == 5_000 + 2)
    }

    @Test("channels carry the port first, then the data of each connection")
    func channels() throws {
        let session = try forward(.channels, ports: [8080, 9])
        let opening = session.outbound.drain()
        #expect(opening.prefix(4) == [[0, 0x90, 0x1F], [1, 0x90, 0x1F], [2, 9, 0], [3, 9, 0]])
        #expect(String(decoding: opening[4].dropFirst(), as: UTF8.self).contains("dial tcp4 127.0.0.1:9: connect: connection refused"))
        let closing = Array("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".utf8)
        #expect(send([0] + closing, to: session) == [0] + Array(Self.answer("close").utf8))
        #expect(session.outbound.isFinished)
    }

    @Test("the API server's proxy brings back what the program answers, and why it doesn't")
    func proxy() throws {
        var answers: [ProxiedAnswer] = []
        let host = try #require(pod.status["podIP"]?.stringValue)
        for port in [8080, 9] {
            cluster.parts.nodes?.proxy(ProxiedRequest(method: "GET", path: "/", host: host, port: port)) { answers.append($0) }
        }
        cluster.run(.seconds(1))
        #expect(
            answers.contains(
                .response(
                    status: 200, fields: [HTTPField("content-type", "text/plain; charset=utf-8")], body: Array("hello\n".utf8))))
        #expect(answers.contains(.failure("dial tcp \(host):9: connect: connection refused")))
    }

    @Test(
        "the names in a proxy's path",
        arguments: [("web", "web", ""), ("web:80", "web", "80"), ("https:web:main", "web", "main"), ("http:web:", "web", "")])
    func names(text: String, name: String, port: String) {
        let parsed = SchemedName(text)
        #expect(parsed.name == name)
        #expect(parsed.port == port)
    }
}
