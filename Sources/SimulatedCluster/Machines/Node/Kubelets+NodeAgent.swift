import KubernetesModel

extension Kubelets: NodeAgent {
    func run(_ command: [String]?, in pod: KubernetesObject, container: String, options: StreamOptions) throws(StatusError) -> DuplexSession {
        guard let (worker, record) = try find(pod, container: container), let process = record.process else {
            throw .internalError("container not found (\"\(container)\")")
        }
        let session = ExecSession(options)
        guard let command else {
            session.attach(to: record)
            return session.session
        }
        let program: any Program
        do throws(ProgramFactory.StartFailure) {
            program = try world.programs.tool(command, in: worker.image(of: record))
        } catch {
            session.fail(toRun: command, error.message)
            return session.session
        }
        let words = command.joined(separator: " ")
        world.runner.start(program, command: words, in: process.setting) { text, stream in
            session.send(text, stream)
        } whenEnded: { ending in
            session.end(code: ending.code)
        }
        return session.session
    }

    func forward(ports: [Int], to pod: KubernetesObject, subprotocol: String) throws(StatusError) -> DuplexSession {
        throw .internalError("the simulated machines forward no ports")
    }
}

/// The machine's end of an exec or attach session, in messages of Kubernetes's channel protocol: a byte that names the stream,
/// then its bytes.
private final class ExecSession {
    private enum Channel: UInt8 {
        case output = 1
        case error = 2
        case status = 3
    }

    let session = DuplexSession()
    private let options: StreamOptions

    init(_ options: StreamOptions) {
        self.options = options
    }

    func send(_ text: String, _ stream: OutputStream) {
        // A terminal has one stream, and ends its lines with both characters.
        let isError = stream == .standardError && !options.tty
        guard isError ? options.stderr : options.stdout else { return }
        let text = options.tty ? text.replacing("\n", with: "\r\n") : text
        session.outbound.send([isError ? Channel.error.rawValue : Channel.output.rawValue] + Array(text.utf8))
    }

    func end(code: Int) {
        guard code != 0 else { return finish(["metadata": [:], "status": "Success"]) }
        finish([
            "metadata": [:], "status": "Failure",
            "message": .string("command terminated with non-zero exit code: error executing command, exit code \(code)"),
            "reason": "NonZeroExitCode", "details": ["causes": [["reason": "ExitCode", "message": .string(String(code))]]],
        ])
    }

    func fail(toRun command: [String], _ problem: String) {
        let cause = problem.firstRange(of: "exec: ").map { String(problem[$0.lowerBound...]) } ?? problem
        let message = "Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: "
            + "OCI runtime exec failed: exec failed: unable to start container process: \(cause): unknown"
        finish([
            "metadata": [:], "status": "Failure", "message": .string(message), "reason": "InternalError", "code": 500,
            "details": ["causes": [["message": .string(message)]]],
        ])
    }

    /// Shows what the container's own process writes from now on.
    func attach(to record: ContainerRecord) {
        var position = record.log.end
        let life = record.life
        let number = (record.followers.keys.max() ?? 0) + 1
        record.followers[number] = { [weak record] in
            guard let record, record.life == life else { return self.end(code: 0) }
            for line in record.log.lines(from: position).filter(\.isComplete) {
                position += 1
                self.send(line.text + "\n", line.stream)
            }
            guard let code = record.termination?.code else { return }
            record.followers[number] = nil
            self.end(code: code)
        }
    }

    private func finish(_ status: JSONValue) {
        session.outbound.send([Channel.status.rawValue] + JSONWriter.compact(status))
        session.outbound.finish()
    }
}
