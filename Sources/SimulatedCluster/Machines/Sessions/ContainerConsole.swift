import KubernetesModel

/// The standard streams of a container's main process: its log, its input where the pod asks for one, and those attached to it.
final class ContainerConsole {
    let setting: Process.Setting
    let streams: Process.Streams
    private let input: Pipe?
    private let terminal: Terminal?
    private let readers: Readers
    private let closesInput: Bool

    /// Those who hear what is written; apart, so that the streams needn't hold the console.
    private final class Readers {
        var attached: [Int: ChannelSession] = [:]
        let log: ([UInt8], OutputStream) -> Void

        init(log: @escaping ([UInt8], OutputStream) -> Void) {
            self.log = log
        }

        func write(_ bytes: [UInt8], _ stream: OutputStream) {
            log(bytes, stream)
            for (_, session) in attached.sorted(by: { $0.key < $1.key }) { session.send(bytes, stream) }
        }

        /// A client that doesn't read holds the container back, as with a real runtime.
        var haveRoom: Bool { attached.values.allSatisfy(\.hasRoom) }
    }

    /// - Parameter raise: hears of the signals that keys at the container's terminal send.
    init(
        container: JSONValue, setting: Process.Setting, log: @escaping ([UInt8], OutputStream) -> Void,
        raise: @escaping (Signal, Terminal, ProcessSpace) -> Void
    ) {
        let readers = Readers(log: log)
        self.readers = readers
        closesInput = container["stdinOnce"]?.boolValue ?? false
        var setting = setting
        guard container["tty"]?.boolValue == true else {
            terminal = nil
            input = container["stdin"]?.boolValue == true ? Pipe() : nil
            input?.isKeptOpen = true
            streams = Process.Streams(
                input: input, output: Pipe(consumer: { readers.write($0, .standardOutput) }, hasRoom: { readers.haveRoom }),
                error: Pipe(consumer: { readers.write($0, .standardError) }, hasRoom: { readers.haveRoom }))
            self.setting = setting
            return
        }
        let terminal = SessionTerminal(
            space: setting.space, display: { readers.write($0, .standardOutput) }, hasRoom: { readers.haveRoom }, raise: raise)
        setting.terminal = terminal.terminal
        setting.environment.append(("TERM", "xterm"))
        self.terminal = terminal.terminal
        input = terminal.terminal.input
        streams = terminal.streams
        self.setting = setting
    }

    /// Connects a session until the container or the client ends.
    /// - Returns: to be called with what the client does.
    func attach(_ session: ChannelSession) -> (ChannelSession.Event) -> Void {
        let number = (readers.attached.keys.max() ?? 0) + 1
        readers.attached[number] = session
        session.whenRelieved = { [weak self] in self?.releaseWriters() }
        return { [weak self] event in self?.handle(event, from: number) }
    }

    private func handle(_ event: ChannelSession.Event, from number: Int) {
        switch event {
        case .input(let bytes):
            if let terminal { terminal.type(bytes) } else { input?.write(bytes) }
            readers.attached[number]?.regulate(input)
        case .resize(let size): terminal?.size = size
        case .endOfInput: if closesInput { input?.close() }
        case .closed:
            readers.attached[number] = nil
            releaseWriters()
            if closesInput { input?.close() }
        }
    }

    /// The process has ended: so have the sessions, whatever its exit code.
    func close() {
        for (_, session) in readers.attached.sorted(by: { $0.key < $1.key }) { session.end(code: 0) }
        readers.attached = [:]
    }

    private func releaseWriters() {
        streams.output.releaseWriters()
        streams.error.releaseWriters()
    }
}

/// A terminal with the streams that processes use it through.
struct SessionTerminal {
    let terminal: Terminal
    let streams: Process.Streams

    /// - Parameters:
    ///   - display: shows what is written, to those who have room for it.
    ///   - raise: hears of the signals that keys send.
    init(
        space: ProcessSpace, display: @escaping ([UInt8]) -> Void, hasRoom: @escaping () -> Bool,
        raise: @escaping (Signal, Terminal, ProcessSpace) -> Void
    ) {
        final class Reference { weak var terminal: Terminal? }
        let reference = Reference()
        let terminal = Terminal(display: display) { signal in
            if let terminal = reference.terminal { raise(signal, terminal, space) }
        }
        reference.terminal = terminal
        self.terminal = terminal
        streams = Process.Streams(
            input: terminal.input, output: Pipe(consumer: terminal.show, hasRoom: hasRoom),
            error: Pipe(consumer: terminal.show, hasRoom: hasRoom))
    }
}
