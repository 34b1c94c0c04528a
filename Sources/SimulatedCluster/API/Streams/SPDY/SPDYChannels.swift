/// The streams of an exec or attach session in SPDY: the client opens one for each channel, and says in a header which it is.
struct SPDYChannels {
    enum Event: Equatable {
        case data(UInt8, [UInt8])
        /// The client sends no more on a channel.
        case finished(UInt8)
    }

    private static let names: [String: UInt8] = ["stdin": 0, "stdout": 1, "stderr": 2, "error": 3, "resize": 4]

    private var connection = SPDYConnection()
    private var streams: [UInt8: Int] = [:]
    private var channels: [Int: UInt8] = [:]
    private let expected: [UInt8]
    /// Whether all has been said.
    private(set) var isOver = false

    /// - Parameter expected: the channels for which the client opens streams.
    init(expected: [UInt8]) {
        self.expected = expected
    }

    /// Whether the client has opened all its streams. Before, it reads from none: much written on one of them would keep it from
    /// hearing that the next one stands.
    var isOpen: Bool { expected.allSatisfy { streams[$0] != nil } }

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
            case .reset(let stream): if let channel = forget(stream) { events.append(.finished(channel)) }
            // Nothing new will come; what is open goes on.
            case .goneAway: break
            }
        }
        return (events, answer)
    }

    func send(_ bytes: [UInt8], on channel: UInt8) -> [UInt8] {
        streams[channel].map { connection.data(bytes, on: $0) } ?? []
    }

    /// Nothing more will be sent.
    mutating func end() -> [UInt8] {
        isOver = true
        return expected.compactMap { streams[$0] }.flatMap(connection.end)
    }

    /// Nothing goes to a stream that the client has reset, until it opens another one for the same channel.
    /// - Returns: its channel.
    private mutating func forget(_ stream: Int) -> UInt8? {
        guard let channel = channels.removeValue(forKey: stream) else { return nil }
        streams[channel] = nil
        return channel
    }

    /// - Returns: the refusal of a stream that is of no use.
    private mutating func opened(_ stream: Int, _ headers: [String: String]) -> [UInt8] {
        guard let channel = headers["streamtype"].flatMap({ Self.names[$0] }), streams[channel] == nil else {
            return SPDYFrame.reset(stream: stream, status: 1).bytes
        }
        streams[channel] = stream
        channels[stream] = channel
        return []
    }
}
