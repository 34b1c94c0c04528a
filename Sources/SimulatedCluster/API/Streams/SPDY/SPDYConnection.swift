/// The server's side of a SPDY connection: bytes in, what they mean out; and the bytes of what it says itself.
struct SPDYConnection {
    enum Event: Equatable {
        case opened(Int, headers: [String: String])
        case data(Int, [UInt8])
        /// The client sends no more on a stream.
        case finished(Int)
        case reset(Int)
        case goneAway
    }

    /// Data frames are no longer than this, so that streams share the connection.
    private static let frameSize = 32 << 10

    private var reader = SPDYFrameReader()
    /// The lowest number that the client's next stream may have.
    private var nextStream = 1
    private var isLeaving = false
    private let inflater = SPDYHeaderInflater()
    private let deflater = SPDYHeaderDeflater()

    /// - Returns: what happened, and the bytes to answer at once.
    /// - Throws: when the client doesn't speak SPDY; the connection is of no use any more.
    mutating func receive(_ bytes: [UInt8]) throws -> (events: [Event], answer: [UInt8]) {
        var events: [Event] = []
        var answer: [UInt8] = []
        for frame in try reader.frames(after: bytes) {
            switch frame {
            case .data(let stream, let bytes, let isLast):
                if !bytes.isEmpty { events.append(.data(stream, bytes)) }
                if isLast { events.append(.finished(stream)) }
            case .openStream(let stream, let block, let isLast):
                let headers = try inflater.headers(in: block)
                guard !isLeaving else { continue }
                guard stream >= nextStream else {
                    answer += SPDYFrame.reset(stream: stream, status: 1).bytes
                    continue
                }
                nextStream = stream + 2
                events.append(.opened(stream, headers: headers))
                if isLast { events.append(.finished(stream)) }
                answer += SPDYFrame.reply(stream: stream, headers: deflater.block([]), isLast: false).bytes
            case .reply(_, let block, _): _ = try inflater.headers(in: block)
            case .reset(let stream, _): events.append(.reset(stream))
            case .ping(let id): answer += SPDYFrame.ping(id).bytes
            case .goAway:
                isLeaving = true
                events.append(.goneAway)
            case .other: break
            }
        }
        return (events, answer)
    }

    func data(_ bytes: [UInt8], on stream: Int) -> [UInt8] {
        stride(from: 0, to: bytes.count, by: Self.frameSize).flatMap { start in
            SPDYFrame.data(stream: stream, Array(bytes[start..<min(start + Self.frameSize, bytes.count)]), isLast: false).bytes
        }
    }

    func end(of stream: Int) -> [UInt8] {
        SPDYFrame.data(stream: stream, [], isLast: true).bytes
    }
}
