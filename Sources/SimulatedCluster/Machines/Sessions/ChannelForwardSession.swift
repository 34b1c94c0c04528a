/// A port-forward in channels: for the port at place n, channel 2n carries its data and 2n+1 its errors, each after the port.
final class ChannelForwardSession {
    let session = DuplexSession()
    private let ports: PodPorts
    private var connections: [UInt8: PodConnection] = [:]

    init(_ ports: PodPorts, to numbers: [Int]) {
        self.ports = ports
        for (place, port) in numbers.enumerated() {
            guard let data = UInt8(exactly: 2 * place), let error = UInt8(exactly: 2 * place + 1) else { break }
            let prefix = [UInt8(truncatingIfNeeded: port), UInt8(truncatingIfNeeded: port >> 8)]
            session.outbound.send([data] + prefix)
            session.outbound.send([error] + prefix)
            connections[data] = ports.connect(to: port, of: session) { [weak self] in
                self?.send($0, on: data)
            } whenClosed: { [weak self] in
                self?.close(data)
            }
            if connections[data] == nil { session.outbound.send([error] + Array(ports.refusal(of: port).utf8)) }
        }
        if connections.isEmpty { session.outbound.finish() }
    }

    func receive(_ input: SessionInput) {
        switch input {
        case .message(let message): if let channel = message.first { connections[channel]?.receive(Array(message.dropFirst())) }
        case .drained: for (_, connection) in connections.sorted(by: { $0.key < $1.key }) { connection.answerNext() }
        case .closed: connections = [:]
        }
        regulate()
    }

    private func send(_ bytes: [UInt8], on channel: UInt8) {
        session.outbound.send(bytes, inPiecesAfter: [channel])
        regulate()
    }

    private func regulate() {
        if connections.values.contains(where: \.isBusy) { session.intake.close() } else { session.intake.open() }
    }

    private func close(_ channel: UInt8) {
        connections[channel] = nil
        if connections.isEmpty { session.outbound.finish() }
    }
}
