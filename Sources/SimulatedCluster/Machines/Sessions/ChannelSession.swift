import KubernetesModel

/// The machine's end of an exec or attach session, in messages of Kubernetes's channel protocol: a byte that names the stream,
/// then its bytes. Versions 4 and 5 differ in the end of the input alone, which version 4 cannot tell.
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
    private var isFinished = false

    init(_ options: StreamOptions) {
        self.options = options
        // A message without content tells that the connection stands.
        session.outbound.send([options.stdout ? Channel.output : options.stderr && !options.tty ? Channel.error : Channel.status])
    }

    /// Nil for messages that mean nothing, which are ignored as by a real server.
    func event(_ input: SessionInput) -> Event? {
        guard case .message(let message) = input else { return .closed }
        let payload = Array(message.dropFirst())
        switch message.first {
        case Channel.input where options.stdin: return payload.isEmpty ? nil : .input(payload)
        case Channel.resize:
            guard let json = try? JSONParser.parse(payload), let width = json["Width"]?.intValue, let height = json["Height"]?.intValue
            else { return nil }
            return .resize(TerminalSize(width: max(0, width), height: max(0, height)))
        case Channel.close: return payload.first == Channel.input ? .endOfInput : nil
        default: return nil
        }
    }

    func send(_ bytes: [UInt8], _ stream: OutputStream) {
        // A terminal has one stream.
        let isError = stream == .standardError && !options.tty
        guard isError ? options.stderr : options.stdout else { return }
        session.outbound.send([isError ? Channel.error : Channel.output] + bytes)
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
        session.outbound.send([Channel.status] + JSONWriter.compact(status))
        session.outbound.finish()
    }
}
