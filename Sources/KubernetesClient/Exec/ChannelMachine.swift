import KubernetesModel

/// The protocol by which several streams share a WebSocket: each message is the number of a channel, and bytes of it.
///
/// Follows `v4.channel.k8s.io` and `v5.channel.k8s.io` (KEP-4006); the fifth version adds a message that closes a channel.
struct ChannelMachine: SocketMachine {
    enum Version: String, Sendable, CaseIterable {
        // The one liked best first: so they are offered.
        case v5 = "v5.channel.k8s.io"
        case v4 = "v4.channel.k8s.io"
    }

    private enum Channel {
        static let input: UInt8 = 0
        static let output: UInt8 = 1
        static let error: UInt8 = 2
        static let status: UInt8 = 3
        static let resize: UInt8 = 4
        static let close: UInt8 = 255
    }

    let version: Version
    private var status: [UInt8] = []
    private var hasEnded = false

    init(_ version: Version) {
        self.version = version
    }

    /// What a message from the server tells. An empty one tells that the server is there.
    mutating func received(_ message: [UInt8]) -> [ExecEvent] {
        guard !hasEnded, message.count > 1 else { return [] }
        let payload = Array(message.dropFirst())
        switch message[0] {
        case Channel.output: return [.output(payload)]
        case Channel.error: return [.error(payload)]
        case Channel.status:
            status += payload
            // It may come in pieces; only all of it is JSON.
            guard let json = try? JSONParser.parse(status) else { return [] }
            hasEnded = true
            return [.ended(Self.end(json))]
        default: return []
        }
    }

    /// The connection is gone.
    mutating func closed(because reason: String) -> [ExecEvent] {
        guard !hasEnded else { return [] }
        hasEnded = true
        return [.ended(.failed(reason))]
    }

    // MARK: Messages to the server

    static func input(_ bytes: [UInt8]) -> [UInt8] {
        [Channel.input] + bytes
    }

    /// Says that no more input comes; nil where the protocol has no word for it.
    var endOfInput: [UInt8]? {
        version == .v5 ? [Channel.close, Channel.input] : nil
    }

    static func resize(_ size: ExecOptions.TerminalSize) -> [UInt8] {
        [Channel.resize] + Array(#"{"Width":\#(size.columns),"Height":\#(size.rows)}"#.utf8)
    }

    private static func end(_ status: JSONValue) -> ExecEnd {
        if status["status"]?.stringValue == "Success" { return .exited(0) }
        let parsed = ServerStatus(status)
        if parsed.reason == "NonZeroExitCode",
            let code = parsed.causes.first(where: { $0.reason == "ExitCode" }).flatMap({ Int($0.message) })
        {
            return .exited(code)
        }
        return .failed(VisibleText.of(parsed.message.isEmpty ? parsed.reason : parsed.message))
    }
}
