/// Frames of HTTP/2 as bytes, written and read by hand: what a library would not let a client send.
enum RawHTTP2 {
    struct Frame {
        var type: UInt8
        var flags: UInt8
        var stream: Int
        var payload: [UInt8]
    }

    enum Kind {
        static let data: UInt8 = 0
        static let headers: UInt8 = 1
        static let settings: UInt8 = 4
        static let goAway: UInt8 = 7
        static let continuation: UInt8 = 9
    }

    enum Flag {
        static let endOfStream: UInt8 = 1
        /// The server's limits hold from then on.
        static let acknowledgement: UInt8 = 1
        static let endOfHeaders: UInt8 = 4
    }

    private static let frameSize = 16_384
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    /// The beginning of a connection, and one request on it, whose headers take as many frames as they need.
    static func request(_ headers: [(name: String, value: String)], endsStream: Bool = true) -> [UInt8] {
        let block = headers.flatMap { header -> [UInt8] in [0] + string(header.name) + string(header.value) }
        let settings = [0, Flag.acknowledgement].map { frame(Frame(type: Kind.settings, flags: $0, stream: 0, payload: [])) }
        var bytes = preface + settings.flatMap(\.self)
        for start in stride(from: 0, to: block.count, by: frameSize) {
            let end = min(start + frameSize, block.count)
            let flags = (start == 0 && endsStream ? Flag.endOfStream : 0) | (end == block.count ? Flag.endOfHeaders : 0)
            let type = start == 0 ? Kind.headers : Kind.continuation
            bytes += frame(Frame(type: type, flags: flags, stream: 1, payload: Array(block[start..<end])))
        }
        return bytes
    }

    static func frame(_ frame: Frame) -> [UInt8] {
        number(frame.payload.count, bytes: 3) + [frame.type, frame.flags] + number(frame.stream, bytes: 4) + frame.payload
    }

    /// The whole frames that a server has sent.
    static func frames(in bytes: [UInt8]) -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        while rest.count >= 9 {
            let head = Array(rest.prefix(9))
            let length = head[0..<3].reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 9 + length else { break }
            let stream = head[5..<9].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
            frames.append(Frame(type: head[3], flags: head[4], stream: stream, payload: Array(rest.dropFirst(9).prefix(length))))
            rest = rest.dropFirst(9 + length)
        }
        return frames
    }

    private static func number(_ value: Int, bytes count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    /// A string of HPACK that is not compressed.
    private static func string(_ text: String) -> [UInt8] {
        let count = text.utf8.count
        guard count >= 127 else { return [UInt8(count)] + Array(text.utf8) }
        var bytes: [UInt8] = [127]
        var rest = count - 127
        while rest >= 128 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        return bytes + [UInt8(rest)] + Array(text.utf8)
    }
}
