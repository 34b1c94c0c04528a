import NIOCore
import NIOWebSocket

/// A protocol over WebSocket messages: pure, one state for each connection.
protocol SocketMachine: Sendable {
    associatedtype Event: Sendable

    /// What a message from the server tells.
    mutating func received(_ message: [UInt8]) -> [Event]
    /// The connection is gone.
    mutating func closed(because reason: String) -> [Event]
}

/// A WebSocket with its protocol. It ends with its connection, or when it is let go or closed.
final class SocketSession<Machine: SocketMachine>: Sendable {
    private enum Outgoing: Sendable {
        case message([UInt8])
        case pong(ByteBuffer)
        case ping
    }

    private let incoming = BatchChannel<Machine.Event>(capacity: 256)
    private let outgoing = BatchChannel<Outgoing>(capacity: 64)
    private let task: Task<Void, Never>

    /// - Parameter opening: messages to begin with.
    init(_ socket: WebSocketConnector.Socket, _ machine: Machine, opening: [[UInt8]] = [], timing: ReflectorTiming = .real) {
        let (incoming, outgoing) = (incoming, outgoing)
        task = Task {
            await outgoing.send(opening.map(Outgoing.message))
            await Self.run(socket, machine, incoming, outgoing, timing)
        }
    }

    deinit {
        close()
    }

    /// What came since the last call; waits for something. Nil at the end.
    func next() async -> [Machine.Event]? {
        await incoming.next()
    }

    /// Waits while earlier messages have not been sent. False: the connection is gone.
    @discardableResult
    func send(_ message: [UInt8]) async -> Bool {
        await outgoing.send([.message(message)])
    }

    func close() {
        // First of all: what comes of being cancelled is nobody's news.
        incoming.finish()
        outgoing.finish()
        task.cancel()
    }

    // MARK: The connection

    private static func run(
        _ socket: WebSocketConnector.Socket, _ machine: Machine, _ incoming: BatchChannel<Machine.Event>,
        _ outgoing: BatchChannel<Outgoing>, _ timing: ReflectorTiming
    ) async {
        // Errors of closing come after everything has been told.
        try? await socket.executeThenClose { inbound, outbound in
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    await read(inbound, machine, incoming, outgoing)
                    return true
                }
                group.addTask {
                    // What fails to be written, the reading notices as well.
                    try? await write(outbound, outgoing)
                    outgoing.finish()
                    return false
                }
                group.addTask {
                    // Proxies cut connections off that look idle.
                    while (try? await timing.sleep(.seconds(30))) != nil { await outgoing.send([.ping]) }
                    return false
                }
                while let hasEnded = await group.next(), !hasEnded {}
                group.cancelAll()
            }
        }
        incoming.finish()
        outgoing.finish()
    }

    private static func read(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, _ start: Machine, _ incoming: BatchChannel<Machine.Event>,
        _ outgoing: BatchChannel<Outgoing>
    ) async {
        var machine = start
        var reason = "the connection was closed before it was over"
        do {
            reading: for try await frame in inbound {
                switch frame.opcode {
                case .binary, .text: await incoming.send(machine.received(Array(frame.unmaskedData.readableBytesView)))
                case .ping: await outgoing.send([.pong(frame.unmaskedData)])
                case .connectionClose: break reading
                default: break
                }
            }
        } catch {
            reason = "the connection was lost: \(FailureText.of(error))"
        }
        await incoming.send(machine.closed(because: reason))
    }

    private static func write(
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ outgoing: BatchChannel<Outgoing>
    ) async throws {
        while let batch = await outgoing.next() {
            for item in batch {
                let frame: (WebSocketOpcode, ByteBuffer) =
                    switch item {
                    case .message(let bytes): (.binary, ByteBuffer(bytes: bytes))
                    case .pong(let data): (.pong, data)
                    case .ping: (.ping, ByteBuffer())
                    }
                try await outbound.write(WebSocketFrame(fin: true, opcode: frame.0, maskKey: .random(), data: frame.1))
            }
        }
    }
}
