/// What comes through a forwarded port.
package enum PortForwardEvent: Sendable, Hashable {
    case data([UInt8])
    /// The port could not be reached, or broke off: the sentence says why.
    case failed(String)
    /// The last event.
    case ended
}

/// One port of a pod over a WebSocket: channel 0 carries its bytes, channel 1 what went wrong. Each channel begins with the number
/// of the port, in two bytes.
struct PortForwardMachine: SocketMachine {
    static let subprotocols = ["v4.channel.k8s.io"]

    private var hasBegun: [Bool] = [false, false]
    private var hasEnded = false

    mutating func received(_ message: [UInt8]) -> [PortForwardEvent] {
        guard !hasEnded, let channel = message.first.map(Int.init), hasBegun.indices.contains(channel) else { return [] }
        var payload = message.dropFirst()
        if !hasBegun[channel] {
            hasBegun[channel] = true
            payload = payload.dropFirst(2)
        }
        if payload.isEmpty { return [] }
        return [channel == 0 ? .data(Array(payload)) : .failed(String(decoding: payload, as: UTF8.self))]
    }

    mutating func closed(because reason: String) -> [PortForwardEvent] {
        if hasEnded { return [] }
        hasEnded = true
        return [.ended]
    }

    static func data(_ bytes: [UInt8]) -> [UInt8] { [0] + bytes }
}
