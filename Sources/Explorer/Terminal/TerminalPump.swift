import KubernetesClient
import TextUI

/// Carries what is typed into a container, what it writes to the terminal, and the terminal's size.
struct TerminalPump {
    let terminal: any ByteTerminal
    let session: ExecSession
    /// Bytes that end it from this side.
    let detachKeys: [UInt8]
    /// Whether the container writes for a terminal; what others write is plain text.
    let isRaw: Bool

    /// Returns when the command ends, or a detach key is typed.
    func run() async -> ExecEnd {
        let typing = Task {
            for await bytes in terminal.input {
                if let place = bytes.firstIndex(where: detachKeys.contains) {
                    await session.write(Array(bytes[..<place]))
                    return session.close()
                }
                await session.write(bytes)
            }
        }
        let resizing = Task {
            for await size in terminal.sizes { await session.resize(.init(columns: size.width, rows: size.height)) }
        }
        defer {
            typing.cancel()
            resizing.cancel()
        }
        var (output, errors) = (PlainOutput(), PlainOutput())
        while let events = await session.next() {
            for event in events {
                switch event {
                case .output(let bytes): terminal.write(isRaw ? bytes : output.shown(bytes))
                case .error(let bytes): terminal.write(isRaw ? bytes : errors.shown(bytes))
                case .ended(let end): return end
                }
            }
        }
        return .failed("")
    }
}
