import KubernetesModel

/// The machine's end of an exec or attach session, in messages of Kubernetes's channel protocol: a byte that names the stream,
/// then its bytes. Versions 4 and 5 differ in the end of the input alone, which version 4 cannot tell; before, an error is plain text,
/// and success is told by nothing.
final class ChannelSession {
    private enum Channel {
        static let input: UInt8 = 0
        static let output: UInt8 = 1
        static let error: UInt8 = 2
        static let status: UInt8 = 3
        static let resize: UInt8 = 4
        static let close: UInt8 = 255
    }

    /// What the client does.
    enum Event: Equatable {
        case input([UInt8])
        case endOfInput
        case resize(TerminalSize)
        case closed
    }

    let session = DuplexSession()
    private let options: StreamOptions
    /// Nil where messages carry the channels.
    private var streams: SPDYChannels?
    private var isFinished = false
    private var sizes = TerminalSizeReader()
    private var start: (() -> Void)?
    /// Hears when the client has taken what was waiting for it.
    var whenRelieved: (() -> Void)?

    init(_ options: StreamOptions) {
        self.options = options
        let outputs = (options.stdout ? [Channel.output] : []) + (options.stderr && !options.tty ? [Channel.error] : [])
        switch options.transport {
        case .spdy:
            let inputs = (options.stdin ? [Channel.input] : []) + (options.tty && options.version >= 3 ? [Channel.resize] : [])
            streams = SPDYChannels(expected: [Channel.status] + inputs + outputs)
        // A message without content tells that the connection stands.
        case .channels: session.outbound.send([outputs.first ?? Channel.status])
        }
    }

    /// Calls at once, or as soon as the client has opened the streams on which it is to be answered.
    func whenOpen(_ start: @escaping () -> Void) {
        guard streams?.isOpen == false else { return start() }
        self.start = start
    }

    /// Hangs up on a client that has not opened its streams.
    func giveUpWaiting() {
        if start != nil { session.outbound.finish() }
    }

    /// Whether the client takes more now.
    var hasRoom: Bool { session.outbound.hasRoom }

    /// Lets the client send more only when there is room for it.
    func regulate(_ input: Pipe?) {
        guard let input, !input.hasRoom else { return }
        session.intake.close()
        input.whenDrained { [session] in session.intake.open() }
    }

    /// Without what means nothing, which is ignored as by a real server.
    func events(_ input: SessionInput) -> [Event] {
        switch input {
        case .message(let message): return events(message)
        case .drained:
            whenRelieved?()
            return []
        case .closed: return [.closed]
        }
    }

    private func events(_ message: [UInt8]) -> [Event] {
        guard streams != nil else { return event(message.first, Array(message.dropFirst())).map { [$0] } ?? [] }
        do {
            let (events, answer) = try streams?.receive(message) ?? ([], [])
            transmit(answer)
            if streams?.isOpen == true {
                start?()
                start = nil
            }
            return events.compactMap(event)
        } catch {
            session.outbound.finish()
            return [.closed]
        }
    }

    private func event(_ event: SPDYChannels.Event) -> Event? {
        switch event {
        case .data(let channel, let bytes): self.event(channel, bytes)
        case .finished(let channel): self.event(Channel.close, [channel])
        }
    }

    private func event(_ channel: UInt8?, _ payload: [UInt8]) -> Event? {
        switch channel {
        case Channel.input where options.stdin: return payload.isEmpty ? nil : .input(payload)
        case Channel.resize: return sizes.last(after: payload).map { .resize($0) }
        case Channel.close where streams != nil || options.version >= 5: return payload.first == Channel.input ? .endOfInput : nil
        default: return nil
        }
    }

    func send(_ bytes: [UInt8], _ stream: OutputStream) {
        // A terminal has one stream.
        let isError = stream == .standardError && !options.tty
        guard isError ? options.stderr : options.stdout else { return }
        send(bytes, on: isError ? Channel.error : Channel.output)
    }

    // MARK: Ends

    /// - Parameter command: what ended.
    func end(code: Int, of command: [String] = []) {
        guard code != 0 else { return finish(["metadata": [:], "status": "Success"]) }
        finish([
            "metadata": [:], "status": "Failure",
            "message": .string(
                "command terminated with non-zero exit code: error executing command [\(command.joined(separator: " "))], exit code \(code)"
            ),
            "reason": "NonZeroExitCode", "details": ["causes": [["reason": "ExitCode", "message": .string(String(code))]]],
        ])
    }

    /// Tells why nothing was run.
    func fail(_ problem: String) {
        let message = "Internal error occurred: " + problem
        finish([
            "metadata": [:], "status": "Failure", "message": .string(message), "reason": "InternalError",
            "details": ["causes": [["message": .string(problem)]]], "code": 500,
        ])
    }

    private func finish(_ status: JSONValue) {
        guard !isFinished else { return }
        isFinished = true
        session.intake.open()
        if options.version >= 4 {
            send(JSONWriter.compact(status), on: Channel.status)
        } else if let message = status["message"]?.stringValue {
            send(Array(message.utf8), on: Channel.status)
        }
        transmit(streams?.end() ?? [])
        if streams == nil { session.outbound.finish() }
    }

    // MARK: Sending

    private func send(_ bytes: [UInt8], on channel: UInt8) {
        if streams == nil {
            session.outbound.send(bytes, inPiecesAfter: [channel])
        } else {
            transmit(streams?.send(bytes, on: channel) ?? [])
        }
    }

    /// Sends bytes of SPDY, and hangs up after the last ones.
    private func transmit(_ bytes: [UInt8]) {
        session.outbound.send(bytes, inPiecesAfter: [])
        if streams?.isOver == true { session.outbound.finish() }
    }
}
