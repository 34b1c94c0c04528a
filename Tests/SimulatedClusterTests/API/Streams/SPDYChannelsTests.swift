import KubernetesModel
import Testing

@testable import SimulatedCluster

/// The client's side: opens streams by their type, and reads what comes on them.
private final class SPDYClient {
    private let deflater = SPDYHeaderDeflater()
    private var reader = SPDYFrameReader()
    private(set) var streams: [Int: [UInt8]] = [:]
    private(set) var ended: Set<Int> = []

    func open(_ stream: Int, _ type: String) -> [UInt8] {
        SPDYFrame.openStream(stream, headers: deflater.block([("streamtype", type)]), isLast: false).bytes
    }

    func read(_ bytes: [UInt8]) throws {
        for case .data(let stream, let bytes, let isLast) in try reader.frames(after: bytes) {
            streams[stream, default: []] += bytes
            if isLast { ended.insert(stream) }
        }
    }

    func text(_ stream: Int) -> String { String(decoding: streams[stream] ?? [], as: UTF8.self) }
}

@Suite("Exec over SPDY")
struct SPDYChannelsTests {
    private let cluster: SteppedCluster
    private let client = SPDYClient()

    init() throws {
        cluster = try SteppedCluster()
        cluster.run(.seconds(1))
    }

    private func exec(_ command: [String], container: String = "c", tty: Bool = false) throws -> DuplexSession {
        var options = StreamOptions()
        (options.stdin, options.stdout, options.stderr, options.transport) = (true, true, !tty, .spdy)
        options.tty = tty
        return try #require(cluster.parts.nodes).run(command, in: try cluster.runningPod(), container: container, options: options)
    }

    private func send(_ bytes: [UInt8], to session: DuplexSession) throws {
        cluster.parts.sessions.deliver(.message(bytes), to: session)
        cluster.run(.milliseconds(200))
        try client.read(session.outbound.drain().flatMap(\.self))
    }

    private var opening: [UInt8] {
        client.open(1, "error") + client.open(3, "stdin") + client.open(5, "stdout") + client.open(7, "stderr")
    }

    @Test("a command starts when all streams are open, since the client reads none before")
    func late() throws {
        let session = try exec(["sh", "-c", "echo out; echo err >&2; exit 7"])
        try send(client.open(1, "error") + client.open(3, "stdin") + client.open(5, "stdout"), to: session)
        cluster.run(.seconds(1))
        #expect(client.streams.isEmpty)
        #expect(!session.outbound.isFinished)
        try send(client.open(7, "stderr"), to: session)
        #expect(client.text(5) == "out\n")
        #expect(client.text(7) == "err\n")
        let status = try JSONParser.parse(client.streams[1] ?? [])
        #expect(status[path: ["details", "causes"]] == [["reason": "ExitCode", "message": "7"]])
        #expect(client.ended == [1, 3, 5, 7])
        #expect(session.outbound.isFinished)
    }

    @Test("on a terminal the client has a stream for its size, and none for errors")
    func terminal() throws {
        let session = try exec(["sh", "-c", "stty size"], tty: true)
        try send(client.open(1, "error") + client.open(3, "stdin") + client.open(5, "stdout"), to: session)
        #expect(client.streams.isEmpty)
        try send(client.open(7, "resize"), to: session)
        #expect(client.text(5) == "24 80\r\n")
        #expect(session.outbound.isFinished)
    }

    @Test("input reaches the command, and its end is the end of its stream")
    func input() throws {
        let session = try exec(["cat"])
        try send(opening + SPDYFrame.data(stream: 3, Array("hello".utf8), isLast: false).bytes, to: session)
        #expect(client.text(5) == "hello")
        #expect(client.ended.isEmpty)
        try send(SPDYFrame.data(stream: 3, [], isLast: true).bytes, to: session)
        #expect(client.ended == [1, 3, 5, 7])
        #expect(client.text(1).contains("Success"))
    }

    @Test("why nothing can be run is told on the error stream")
    func refused() throws {
        let session = try exec(["nosuch"])
        try send(opening, to: session)
        #expect(client.text(1).contains("executable file not found"))
        #expect(session.outbound.isFinished)
    }

    @Test("a stream that the client resets is not written to, until it opens another one for it")
    func reset() throws {
        let session = try exec(["sh", "-c", "while read line; do echo $line; done"])
        func type(_ text: String) throws { try send(SPDYFrame.data(stream: 3, Array(text.utf8), isLast: false).bytes, to: session) }
        try send(opening, to: session)
        try type("one\n")
        try send(SPDYFrame.reset(stream: 5, status: 5).bytes, to: session)
        try type("two\n")
        #expect(client.text(5) == "one\n")
        try send(client.open(9, "stdout"), to: session)
        try type("three\n")
        #expect(client.text(9) == "three\n")
        #expect(client.text(5) == "one\n")
        try send(SPDYFrame.reset(stream: 3, status: 5).bytes, to: session)
        #expect(client.ended == [1, 9, 7], "the input was reset, and has ended by that")
        #expect(session.outbound.isFinished)
    }

    @Test("a client that does not open its streams is hung up on after half a minute", arguments: [[], ["error", "stdin"]])
    func unopened(types: [String]) throws {
        let session = try exec(["cat"])
        try send(types.enumerated().flatMap { client.open($0.offset * 2 + 1, $0.element) }, to: session)
        cluster.run(.seconds(29))
        #expect(!session.outbound.isFinished)
        cluster.run(.seconds(2))
        #expect(session.outbound.isFinished)
    }

    @Test("attaching shows what is written from then on and feeds the container's own input")
    func attach() throws {
        let pod = try cluster.runningPod("stdin: true, stdinOnce: true, command: [sh, -c, 'while read line; do echo got $line; done']")
        var options = StreamOptions()
        (options.stdin, options.stdout, options.stderr, options.transport) = (true, true, true, .spdy)
        let session = try #require(cluster.parts.nodes).run(nil, in: pod, container: "c", options: options)
        try send(opening + SPDYFrame.data(stream: 3, Array("a\n".utf8), isLast: false).bytes, to: session)
        #expect(client.text(5) == "got a\n")
        try send(SPDYFrame.data(stream: 3, [], isLast: true).bytes, to: session)
        #expect(client.ended == [1, 3, 5, 7])
        #expect(client.text(1).contains("Success"))
        #expect(session.outbound.isFinished)
    }
}
