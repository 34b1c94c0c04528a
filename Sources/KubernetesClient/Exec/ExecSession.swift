/// A command running in a container: what it writes comes out of `next`, what is typed goes in.
///
/// It ends when the command does, or when the session is let go or closed.
package final class ExecSession: Sendable {
    private let session: SocketSession<ChannelMachine>
    private let machine: ChannelMachine

    init(_ socket: WebSocketConnector.Socket, version: ChannelMachine.Version, options: ExecOptions) {
        machine = ChannelMachine(version)
        session = SocketSession(socket, machine, opening: options.terminal.map { [ChannelMachine.resize($0)] } ?? [])
    }

    /// What the command writes, in order; the last event tells how it ended. Nil afterwards.
    package func next() async -> [ExecEvent]? {
        await session.next()
    }

    /// Waits while earlier input has not been sent.
    package func write(_ bytes: [UInt8]) async {
        // Servers of the older protocol have small buffers.
        for start in stride(from: 0, to: bytes.count, by: 16 << 10) {
            await session.send(ChannelMachine.input(Array(bytes[start..<min(start + 16 << 10, bytes.count)])))
        }
    }

    /// Says that no more input comes. Servers that speak only the older protocol can't be told.
    package func closeInput() async {
        if let message = machine.endOfInput { await session.send(message) }
    }

    package func resize(_ size: ExecOptions.TerminalSize) async {
        await session.send(ChannelMachine.resize(size))
    }

    package func close() {
        session.close()
    }
}
