import Testing

@testable import SimulatedCluster

@Suite("SPDY")
struct SPDYTests {
    /// Header blocks as a Go client compresses them, one after the other.
    private static let errorBlock: [UInt8] = [
        120, 249, 227, 198, 167, 194, 2, 37, 58, 112, 58, 43, 41, 74, 77, 204, 133, 22, 37, 172, 169, 160, 128, 134, 20, 203, 69, 224, 28,
        96, 97, 96, 97, 0, 164, 57, 139, 32, 209, 152, 9, 74, 222, 140, 6, 0, 0, 0, 0, 255, 255,
    ]
    private static let dataBlock: [UInt8] = [194, 170, 25, 84, 14, 37, 18, 214, 11, 0, 0, 0, 255, 255]

    static let opening =
        SPDYFrame.openStream(1, headers: errorBlock, isLast: true).bytes
        + SPDYFrame.openStream(3, headers: dataBlock, isLast: false).bytes

    @Test("streams are opened with headers in one compression, however the bytes are cut", arguments: [1, 3, 8, 1000])
    func opens(step: Int) throws {
        var connection = SPDYConnection()
        var events: [SPDYConnection.Event] = []
        for start in stride(from: 0, to: Self.opening.count, by: step) {
            events += try connection.receive(Array(Self.opening[start..<min(start + step, Self.opening.count)])).events
        }
        #expect(
            events == [
                .opened(1, headers: ["streamtype": "error", "port": "8080", "requestid": "0"]), .finished(1),
                .opened(3, headers: ["streamtype": "data", "port": "8080", "requestid": "0"]),
            ])
    }

    @Test("numbers of streams grow, and nothing is opened after the client has said that it leaves")
    func numbers() throws {
        let deflater = SPDYHeaderDeflater()
        var connection = SPDYConnection()
        func open(_ stream: Int) -> [UInt8] { SPDYFrame.openStream(stream, headers: deflater.block([("a", "b")]), isLast: false).bytes }
        #expect(try connection.receive(open(5)).events == [.opened(5, headers: ["a": "b"])])
        for stream in [5, 3, 0] {
            let (events, answer) = try connection.receive(open(stream))
            #expect(events.isEmpty)
            #expect(answer == SPDYFrame.reset(stream: stream, status: 1).bytes)
        }
        #expect(try connection.receive(open(7)).events.count == 1)
        #expect(try connection.receive(SPDYFrame.goAway.bytes).events == [.goneAway])
        #expect(try connection.receive(open(9)).events.isEmpty)
    }

    @Test("each stream is replied to with headers that the other side can inflate")
    func replies() throws {
        var connection = SPDYConnection()
        let answer = try connection.receive(Self.opening).answer
        var reader = SPDYFrameReader()
        let inflater = SPDYHeaderInflater()
        var replied: [Int] = []
        for case .reply(let stream, let block, false) in try reader.frames(after: answer) {
            replied.append(stream)
            #expect(try inflater.headers(in: block) == [:])
        }
        #expect(replied == [1, 3])
    }

    @Test("headers come back as they were, name after name")
    func headers() throws {
        let (deflater, inflater) = (SPDYHeaderDeflater(), SPDYHeaderInflater())
        for value in ["a", "", "longer than the one before"] {
            #expect(try inflater.headers(in: deflater.block([("Name", value), ("other", "x")])) == ["name": value, "other": "x"])
        }
    }

    @Test("pings come back; settings and windows need no answer")
    func pings() throws {
        var connection = SPDYConnection()
        let settings: [UInt8] = [0x80, 3, 0, 4, 0, 0, 0, 4, 0, 0, 0, 0]
        #expect(try connection.receive(settings + SPDYFrame.ping(7).bytes).answer == SPDYFrame.ping(7).bytes)
    }

    @Test("long data are cut into frames, and an end is an empty last one")
    func data() throws {
        let connection = SPDYConnection()
        var reader = SPDYFrameReader()
        let bytes = [UInt8](repeating: 1, count: 40_000)
        let frames = try reader.frames(after: connection.data(bytes, on: 3) + connection.end(of: 3))
        #expect(frames.count == 3)
        #expect(frames.last == .data(stream: 3, [], isLast: true))
    }

    @Test("what is no SPDY ends the connection, and nothing else", arguments: 0..<200)
    func nonsense(seed: Int) {
        var bytes = Self.opening
        bytes[(seed * 31) % bytes.count] ^= UInt8(truncatingIfNeeded: seed * 7 + 1)
        var connection = SPDYConnection()
        let events = try? connection.receive(bytes).events
        #expect((events?.count ?? 0) <= 4)
    }
}
