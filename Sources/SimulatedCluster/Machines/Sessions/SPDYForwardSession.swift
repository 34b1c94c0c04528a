/// A port-forward in SPDY streams, as kubectl tunnels it: for each connection an error stream and a data stream with one number.
final class SPDYForwardSession {
    private struct Exchange {
        var errorStream: Int?
        var dataStream: Int?
        var connection: PodConnection?
    }

    /// How long the second stream of a connection may take to come, as a real kubelet has it.
    private static let patience = Duration.seconds(30)

    let session = DuplexSession()
    private let ports: PodPorts
    private let timeline: Timeline
    private var connection = SPDYConnection()
    private var exchanges: [String: Exchange] = [:]
    /// Whether the client has said that it opens no more streams.
    private var isLeaving = false
    /// What came on data streams before the error streams that belong to them.
    private var early: [Int: [UInt8]] = [:]
    private var endedEarly: Set<Int> = []
    /// The request of each stream.
    private var requests: [Int: String] = [:]

    init(_ ports: PodPorts, timeline: Timeline) {
        self.ports = ports
        self.timeline = timeline
    }

    func receive(_ input: SessionInput) {
        switch input {
        case .message(let bytes): receive(bytes)
        case .drained: for (_, exchange) in exchanges.sorted(by: { $0.key < $1.key }) { exchange.connection?.answerNext() }
        case .closed: exchanges = [:]
        }
        regulate()
    }

    private func receive(_ bytes: [UInt8]) {
        do {
            let (events, answer) = try connection.receive(bytes)
            write(answer)
            for event in events { handle(event) }
        } catch {
            session.outbound.finish()
        }
    }

    private func write(_ bytes: [UInt8]) {
        session.outbound.send(bytes, inPiecesAfter: [])
    }

    private func regulate() {
        let isBusy = exchanges.values.contains { $0.connection?.isBusy == true }
        if isBusy { session.intake.close() } else { session.intake.open() }
    }

    private func handle(_ event: SPDYConnection.Event) {
        switch event {
        case .opened(let stream, let headers): opened(stream, headers)
        case .data(let stream, let bytes):
            if let connection = connection(of: stream) { connection.receive(bytes) } else { keep(bytes, of: stream) }
        case .finished(let stream):
            if let connection = connection(of: stream) { connection.endInput() } else { endedEarly.insert(stream) }
        case .reset(let stream): forget(stream)
        // Nothing new will come; what is under way goes on.
        case .goneAway:
            isLeaving = true
            finishWhenIdle()
        }
    }

    /// A client that sends more than this before it may is not waiting for an answer.
    private func keep(_ bytes: [UInt8], of stream: Int) {
        guard requests[stream] != nil, early[stream, default: []].count < 64 << 10 else { return }
        early[stream, default: []] += bytes
    }

    /// The connection whose data a stream carries.
    private func connection(of stream: Int) -> PodConnection? {
        let exchange = requests[stream].flatMap { exchanges[$0] }
        return exchange?.dataStream == stream ? exchange?.connection : nil
    }

    /// Nothing goes to a stream that the client has reset; a connection ends with that of its data.
    private func forget(_ stream: Int) {
        guard let request = requests.removeValue(forKey: stream) else { return }
        early[stream] = nil
        if exchanges[request]?.dataStream == stream { exchanges[request] = nil } else { exchanges[request]?.errorStream = nil }
    }

    private func opened(_ stream: Int, _ headers: [String: String]) {
        guard let request = headers["requestid"], let port = headers["port"].flatMap({ Int($0) }) else {
            return write(SPDYFrame.reset(stream: stream, status: 1).bytes)
        }
        if exchanges[request] == nil { wait(for: request) }
        switch headers["streamtype"] {
        case "error": exchanges[request, default: Exchange()].errorStream = stream
        case "data": exchanges[request, default: Exchange()].dataStream = stream
        default: return write(SPDYFrame.reset(stream: stream, status: 1).bytes)
        }
        requests[stream] = request
        connect(request, port)
    }

    private func wait(for request: String) {
        timeline.schedule(after: Self.patience) { [weak self] in
            guard let self, let exchange = exchanges[request], exchange.errorStream == nil || exchange.dataStream == nil,
                exchange.connection == nil
            else { return }
            if let error = exchange.errorStream {
                write(connection.data(Array("(request=\(request)) timed out waiting for streams".utf8), on: error))
            }
            close(request)
        }
    }

    private func finishWhenIdle() {
        if isLeaving, exchanges.isEmpty { session.outbound.finish() }
    }

    private func connect(_ request: String, _ port: Int) {
        guard let exchange = exchanges[request], exchange.connection == nil, let data = exchange.dataStream,
            let error = exchange.errorStream
        else { return }
        let connected = ports.connect(to: port, of: session) { [weak self] bytes in
            guard let self else { return }
            write(connection.data(bytes, on: data))
            regulate()
        } whenClosed: { [weak self] in
            self?.close(request)
        }
        exchanges[request]?.connection = connected
        if let connected {
            if let bytes = early.removeValue(forKey: data) { connected.receive(bytes) }
            if endedEarly.remove(data) != nil { connected.endInput() }
            return
        }
        write(connection.data(Array(ports.refusal(of: port).utf8), on: error))
        close(request)
    }

    private func close(_ request: String) {
        guard let exchange = exchanges.removeValue(forKey: request) else { return }
        for stream in [exchange.errorStream, exchange.dataStream].compactMap(\.self) {
            write(connection.end(of: stream))
            requests[stream] = nil
            early[stream] = nil
            endedEarly.remove(stream)
        }
        finishWhenIdle()
    }
}
