/// A frame of SPDY/3.1, as far as port-forwarding uses the protocol.
enum SPDYFrame: Equatable {
    case data(stream: Int, [UInt8], isLast: Bool)
    /// The header block still compressed: it has to be inflated in the order of the connection, wanted or not.
    case openStream(Int, headers: [UInt8], isLast: Bool)
    case reply(stream: Int, headers: [UInt8], isLast: Bool)
    case reset(stream: Int, status: Int)
    case ping(Int)
    case goAway
    /// One that needs no answer here, such as settings and windows.
    case other

    private enum Kind: Int {
        case openStream = 1
        case reply = 2
        case reset = 3
        case ping = 6
        case goAway = 7
    }

    static let lastFlag: UInt8 = 1
    private static let version = 3

    /// - Returns: nil when a control frame is too short for its kind, or of another version.
    init?(header: ArraySlice<UInt8>, payload: ArraySlice<UInt8>) {
        let isLast = (header.dropFirst(4).first ?? 0) & Self.lastFlag != 0
        guard header.first ?? 0 >= 0x80 else {
            self = .data(stream: header.number(at: 0, bytes: 4) ?? 0, Array(payload), isLast: isLast)
            return
        }
        guard header.number(at: 0, bytes: 2).map({ $0 & 0x7FFF }) == Self.version else { return nil }
        switch header.number(at: 2, bytes: 2).flatMap(Kind.init) {
        case .openStream:
            guard let stream = payload.number(at: 0, bytes: 4), payload.count >= 10 else { return nil }
            self = .openStream(stream & 0x7FFF_FFFF, headers: Array(payload.dropFirst(10)), isLast: isLast)
        case .reply:
            guard let stream = payload.number(at: 0, bytes: 4) else { return nil }
            self = .reply(stream: stream & 0x7FFF_FFFF, headers: Array(payload.dropFirst(4)), isLast: isLast)
        case .reset:
            guard let stream = payload.number(at: 0, bytes: 4), let status = payload.number(at: 4, bytes: 4) else { return nil }
            self = .reset(stream: stream & 0x7FFF_FFFF, status: status)
        case .ping:
            guard let id = payload.number(at: 0, bytes: 4) else { return nil }
            self = .ping(id)
        case .goAway: self = .goAway
        case nil: self = .other
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .data(let stream, let bytes, let isLast): Self.header(stream.bigEndian(bytes: 4), isLast, bytes)
        case .openStream(let stream, let headers, let isLast):
            Self.control(.openStream, isLast, stream.bigEndian(bytes: 4) + [0, 0, 0, 0, 0, 0] + headers)
        case .reply(let stream, let headers, let isLast): Self.control(.reply, isLast, stream.bigEndian(bytes: 4) + headers)
        case .reset(let stream, let status): Self.control(.reset, false, stream.bigEndian(bytes: 4) + status.bigEndian(bytes: 4))
        case .ping(let id): Self.control(.ping, false, id.bigEndian(bytes: 4))
        case .goAway: Self.control(.goAway, false, [UInt8](repeating: 0, count: 8))
        case .other: []
        }
    }

    private static func control(_ kind: Kind, _ isLast: Bool, _ payload: [UInt8]) -> [UInt8] {
        header([0x80, UInt8(version)] + kind.rawValue.bigEndian(bytes: 2), isLast, payload)
    }

    private static func header(_ start: [UInt8], _ isLast: Bool, _ payload: [UInt8]) -> [UInt8] {
        start + [isLast ? lastFlag : 0] + payload.count.bigEndian(bytes: 3) + payload
    }
}

/// Cuts a byte stream into frames.
struct SPDYFrameReader {
    struct Failure: Error, Equatable {
        let message: String
    }

    /// Longer frames are no port-forward's.
    static let limit = 4 << 20

    private var pending: [UInt8] = []

    mutating func frames(after bytes: [UInt8]) throws(Failure) -> [SPDYFrame] {
        pending += bytes
        var frames: [SPDYFrame] = []
        var rest = pending[...]
        while let length = rest.number(at: 5, bytes: 3) {
            guard length <= Self.limit else { throw Failure(message: "a frame of \(length) bytes is too long") }
            guard rest.count >= 8 + length else { break }
            guard let frame = SPDYFrame(header: rest.prefix(8), payload: rest.dropFirst(8).prefix(length)) else {
                throw Failure(message: "a frame is malformed")
            }
            frames.append(frame)
            rest = rest.dropFirst(8 + length)
        }
        pending = Array(rest)
        return frames
    }
}

extension ArraySlice<UInt8> {
    /// A big-endian number; nil when there are too few bytes.
    func number(at offset: Int, bytes count: Int) -> Int? {
        let digits = dropFirst(offset).prefix(count)
        guard digits.count == count else { return nil }
        return digits.reduce(0) { $0 << 8 | Int($1) }
    }
}

extension Int {
    /// The lowest bytes, the highest first.
    func bigEndian(bytes count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }
}
