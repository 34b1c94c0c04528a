/// A command to run in a container.
package struct ExecOptions: Sendable, Hashable {
    /// Nil is fine for pods of one container.
    package var container: String?
    /// The program and its arguments.
    package var command: [String]
    /// Whether something will be written to it.
    package var hasInput: Bool
    /// The terminal it gets; nil for none. With a terminal, errors come with the output.
    package var terminal: TerminalSize?

    package struct TerminalSize: Sendable, Hashable {
        package var columns: Int
        package var rows: Int

        package init(columns: Int, rows: Int) {
            self.columns = columns
            self.rows = rows
        }
    }

    package init(_ command: [String], container: String? = nil, hasInput: Bool = false, terminal: TerminalSize? = nil) {
        self.command = command
        self.container = container
        self.hasInput = hasInput
        self.terminal = terminal
    }

    var query: [(name: String, value: String)] {
        var query = command.map { (name: "command", value: $0) }
        if let container { query.append(("container", container)) }
        query += [("stdin", "\(hasInput)"), ("stdout", "true"), ("stderr", "\(terminal == nil)"), ("tty", "\(terminal != nil)")]
        return query
    }
}

/// What comes from a running command.
package enum ExecEvent: Sendable, Hashable {
    case output([UInt8])
    case error([UInt8])
    /// The last event.
    case ended(ExecEnd)
}

/// How a command ended.
package enum ExecEnd: Sendable, Hashable {
    /// With its exit status.
    case exited(Int)
    /// It did not run, or not to its end: the sentence says why.
    case failed(String)
}

/// All of a command that has ended.
package struct ExecResult: Sendable, Hashable {
    package var output: [UInt8] = []
    package var error: [UInt8] = []
    package var end = ExecEnd.failed("")

    /// Nil when the command did not run to its end.
    package var exitStatus: Int? {
        if case .exited(let status) = end { status } else { nil }
    }

    package init() {}

    /// - Returns: false when the command has written more than `limit`, of which the first bytes are taken.
    mutating func take(_ event: ExecEvent, limit: Int) -> Bool {
        let room = limit - output.count - error.count
        let count: Int
        switch event {
        case .output(let bytes): (output, count) = (output + bytes.prefix(room), bytes.count)
        case .error(let bytes): (error, count) = (error + bytes.prefix(room), bytes.count)
        case .ended(let end): (self.end, count) = (end, 0)
        }
        guard count > room else { return true }
        end = .failed("it wrote more than \(limit) bytes")
        return false
    }
}
