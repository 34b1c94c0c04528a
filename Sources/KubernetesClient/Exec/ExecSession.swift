import NIOCore
import NIOWebSocket

/// A command running in a container: what it writes comes out of `events`, what is typed goes in.
///
/// It ends when the command does, or when the session is let go or closed.
package final class ExecSession: Sendable {
    private enum Outgoing: Sendable {
        case message([UInt8])
        case pong(ByteBuffer)
        case ping
    }

    private let incoming = BatchChannel<ExecEvent>(capacity: 256)
    private let outgoing = BatchChannel<Outgoing>(capacity: 64)
    private let machine: ChannelMachine
    private let task: Task<Void, Never>

    init(_ socket: WebSocketConnector.Socket, version: ChannelMachine.Version, options: ExecOptions, timing: ReflectorTiming = .real) {
        let (incoming, outgoing, machine) = (incoming, outgoing, ChannelMachine(version))
        self.machine = machine
        task = Task {
            if let size = options.terminal { await outgoing.send([.message(ChannelMachine.resize(size))]) }
            await Self.run(socket, machine, incoming, outgoing, timing)
        }
    }

    deinit {
        close()
    }

    /// What the command writes, in order; the last event tells how it ended. Nil afterwards.
    package func next() async -> [ExecEvent]? {
        await incoming.next()
    }

    /// Waits while earlier input has not been sent.
    package func write(_ bytes: [UInt8]) async {
        // Servers of the older protocol have small buffers.
        for start in stride(from: 0, to: bytes.count, by: 16 << 10) {
            await outgoing.send([.message(ChannelMachine.input(Array(bytes[start..<min(start + 16 << 10, bytes.count)])))])
        }
    }

    /// Says that no more input comes. Servers that speak only the older protocol can't be told.
    package func closeInput() async {
        if let message = machine.endOfInput { await outgoing.send([.message(message)]) }
    }

    package func resize(_ size: ExecOptions.TerminalSize) async {
        await outgoing.send([.message(ChannelMachine.resize(size))])
    }

    package func close() {
        task.cancel()
        incoming.finish()
        outgoing.finish()
    }

    // MARK: The connection

    private static func run(
        _ socket: WebSocketConnector.Socket, _ machine: ChannelMachine, _ incoming: BatchChannel<ExecEvent>,
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
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, _ start: ChannelMachine, _ incoming: BatchChannel<ExecEvent>,
        _ outgoing: BatchChannel<Outgoing>
    ) async {
        var machine = start
        var reason = "the connection was closed before the command ended"
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
            reason = "the connection was lost before the command ended (\(error))"
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
