/// The streams of an exec or attach session in SPDY: the client opens one for each channel, and says in a header which it is.
struct SPDYChannels {
    enum Event: Equatable {
        case data(UInt8, [UInt8])
        /// The client sends no more on a channel.
        case finished(UInt8)
        case closed
    }

    private static let names: [String: UInt8] = ["stdin": 0, "stdout": 1, "stderr": 2, "error": 3, "resize": 4]

    private var connection = SPDYConnection()
    private var streams: [UInt8: Int] = [:]
    private var channels: [Int: UInt8] = [:]
    /// What was written before the client had opened the stream for it.
    private var waiting: [UInt8: [UInt8]] = [:]
    private let written: [UInt8]
    private var isEnding = false

    /// - Parameter written: the channels that the server writes on, for which the client opens streams.
    init(written: [UInt8]) {
        self.written = written
    }

    /// Whether all has been said, and on streams that the client knows.
    var isOver: Bool { isEnding && written.allSatisfy { streams[$0] != nil } }

    /// - Returns: what the client did, and the bytes to answer at once.
    mutating func receive(_ bytes: [UInt8]) throws -> (events: [Event], answer: [UInt8]) {
        let (happened, reply) = try connection.receive(bytes)
        var answer = reply
        var events: [Event] = []
        for event in happened {
            switch event {
            case .opened(let stream, let headers): answer += opened(stream, headers)
            case .data(let stream, let bytes): if let channel = channels[stream] { events.append(.data(channel, bytes)) }
            case .finished(let stream): if let channel = channels[stream] { events.append(.finished(channel)) }
            case .reset(let stream): channels[stream] = nil
            case .goneAway: events.append(.closed)
            }
        }
        return (events, answer)
    }

    /// - Returns: the bytes to send now.
    mutating func send(_ bytes: [UInt8], on channel: UInt8) -> [UInt8] {
        guard let stream = streams[channel] else {
            waiting[channel, default: []] += bytes
            return []
        }
        return connection.data(bytes, on: stream)
    }

    /// Nothing more will be sent.
    mutating func end() -> [UInt8] {
        isEnding = true
        return written.compactMap { streams[$0] }.flatMap(connection.end)
    }

    private mutating func opened(_ stream: Int, _ headers: [String: String]) -> [UInt8] {
        guard let channel = headers["streamtype"].flatMap({ Self.names[$0] }), streams[channel] == nil else {
            return SPDYFrame.reset(stream: stream, status: 1).bytes
        }
        streams[channel] = stream
        channels[stream] = channel
        let late = connection.data(waiting.removeValue(forKey: channel) ?? [], on: stream)
        return isEnding && written.contains(channel) ? late + connection.end(of: stream) : late
    }
}
