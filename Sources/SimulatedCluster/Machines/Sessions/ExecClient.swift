/// The client's end of a command that `exec` runs: the streams that join the two, or the terminal between them.
struct ExecClient {
    let streams: Process.Streams
    /// Nil without one.
    let terminal: Terminal?
    private let channels: ChannelSession

    init(_ channels: ChannelSession, _ options: StreamOptions, space: ProcessSpace, runner: ProcessRunner) {
        self.channels = channels
        let hasRoom = { [weak channels] in channels?.hasRoom ?? true }
        if options.tty {
            let session = SessionTerminal(space: space) {
                channels.send($0, .standardOutput)
            } hasRoom: {
                hasRoom()
            } raise: { signal, terminal, space in
                runner.send(signal, to: terminal, in: space)
            }
            (streams, terminal) = (session.streams, session.terminal)
        } else {
            streams = Process.Streams(
                input: options.stdin ? Pipe() : nil,
                output: Pipe(consumer: { channels.send($0, .standardOutput) }, hasRoom: hasRoom),
                error: Pipe(consumer: { channels.send($0, .standardError) }, hasRoom: hasRoom))
            terminal = nil
        }
        channels.whenRelieved = { [weak output = streams.output, weak error = streams.error] in
            output?.releaseWriters()
            error?.releaseWriters()
        }
    }

    func handle(_ event: ChannelSession.Event) {
        switch event {
        case .input(let bytes):
            if let terminal { terminal.type(bytes) } else { streams.input?.write(bytes) }
            channels.regulate(streams.input)
        case .resize(let size): terminal?.size = size
        case .endOfInput: streams.input?.close()
        case .closed: leave()
        }
    }

    /// As with a real runtime nobody kills the command: its terminal hangs up, or its input ends. Where it would then wait for ever in a
    /// write, it is ended by that; one that neither reads nor writes runs to its end.
    private func leave() {
        if let terminal { terminal.hangUp() } else { streams.input?.close() }
        streams.output.breakOff()
        streams.error.breakOff()
    }
}
