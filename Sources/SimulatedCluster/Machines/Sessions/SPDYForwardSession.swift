/// A port-forward in SPDY streams, as kubectl tunnels it: for each connection an error stream and a data stream with one number.
final class SPDYForwardSession {
    private struct Exchange {
        var errorStream: Int?
        var dataStream: Int?
        var connection: PodConnection?
    }

    let session = DuplexSession()
    private let ports: PodPorts
    private var connection = SPDYConnection()
    private var exchanges: [String: Exchange] = [:]
    /// The request of each data stream.
    private var requests: [Int: String] = [:]

    init(_ ports: PodPorts) {
        self.ports = ports
    }

    func receive(_ input: SessionInput) {
        guard case .message(let bytes) = input else { return exchanges = [:] }
        do {
            let (events, answer) = try connection.receive(bytes)
            write(answer)
            for event in events { handle(event) }
        } catch {
            session.outbound.finish()
        }
    }

    private func write(_ bytes: [UInt8]) {
        if !bytes.isEmpty { session.outbound.send(bytes) }
    }

    private func handle(_ event: SPDYConnection.Event) {
        switch event {
        case .opened(let stream, let headers): opened(stream, headers)
        case .data(let stream, let bytes): if let request = requests[stream] { exchanges[request]?.connection?.receive(bytes) }
        case .finished(let stream): if let request = requests[stream] { exchanges[request]?.connection?.endInput() }
        case .reset(let stream): if let request = requests.removeValue(forKey: stream) { exchanges[request] = nil }
        case .goneAway: session.outbound.finish()
        }
    }

    private func opened(_ stream: Int, _ headers: [String: String]) {
        guard let request = headers["requestid"], let port = headers["port"].flatMap({ Int($0) }) else {
            return write(SPDYFrame.reset(stream: stream, status: 1).bytes)
        }
        switch headers["streamtype"] {
        case "error": exchanges[request, default: Exchange()].errorStream = stream
        case "data":
            exchanges[request, default: Exchange()].dataStream = stream
            requests[stream] = request
        default: return write(SPDYFrame.reset(stream: stream, status: 1).bytes)
        }
        connect(request, port)
    }

    private func connect(_ request: String, _ port: Int) {
        guard let exchange = exchanges[request], let data = exchange.dataStream, let error = exchange.errorStream else { return }
        let connected = ports.connect(to: port) { [weak self] bytes in
            guard let self else { return }
            write(connection.data(bytes, on: data))
        } whenClosed: { [weak self] in
            self?.close(request, data, error)
        }
        exchanges[request]?.connection = connected
        guard connected == nil else { return }
        write(connection.data(Array(ports.refusal(of: port).utf8), on: error))
        close(request, data, error)
    }

    private func close(_ request: String, _ data: Int, _ error: Int) {
        write(connection.end(of: error) + connection.end(of: data))
        exchanges[request] = nil
        requests[data] = nil
    }
}
