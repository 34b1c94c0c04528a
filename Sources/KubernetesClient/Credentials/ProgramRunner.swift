import Foundation

/// A program to run, and what came of it.
package struct Program: Sendable {
    package var path: String
    package var arguments: [String]
    package var environment: [String: String]
    /// What it reads.
    package var input: [UInt8]

    package init(path: String, arguments: [String], environment: [String: String], input: [UInt8] = []) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.input = input
    }

    /// What it wrote, of which the last megabyte is kept.
    package struct Result: Sendable {
        package var output: String
        package var error: String
        /// Nil when it was stopped because it took too long.
        package var status: Int32?
    }
}

/// Runs programs without a terminal; tests put their own in place.
package struct ProgramRunner: Sendable {
    package var run: @Sendable (Program) async throws -> Program.Result
    var isExecutable: @Sendable (String) -> Bool

    static let timeLimit = Duration.seconds(60)

    static let processes = processes(timeLimit: timeLimit)

    /// - Parameters:
    ///   - timeLimit: how long a program may run before it is killed; nil lets it.
    ///   - grace: a program of its own that one leaves behind may hold its pipes open for ever: once nothing has come for so long after
    ///     its end, all that it wrote itself is there.
    package static func processes(timeLimit: Duration?, grace: Duration = .seconds(1)) -> ProgramRunner {
        ProgramRunner(
            run: { try await RunningProgram.run($0, timeLimit: timeLimit, grace: grace) },
            isExecutable: { FileManager.default.isExecutableFile(atPath: $0) }
        )
    }
}

/// What is known so far of a program that runs.
private struct RunningProgram {
    private enum Event {
        case output(Data)
        case error(Data)
        case ended(status: Int32)
        /// Of the alarm with this number.
        case timeIsUp(Int)
    }

    private static let mostBytes = 1 << 20

    private var output = Data()
    private var error = Data()
    private var openPipes = 2
    private var status: Int32?

    static func run(_ program: Program, timeLimit: Duration?, grace: Duration) async throws -> Program.Result {
        let (events, continuation) = AsyncStream<Event>.makeStream()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program.path)
        process.arguments = program.arguments
        process.environment = program.environment
        let input = program.input.isEmpty ? nil : Pipe()
        process.standardInput = input ?? FileHandle.nullDevice
        let output = pipe { continuation.yield(.output($0)) }
        let error = pipe { continuation.yield(.error($0)) }
        process.standardOutput = output
        process.standardError = error
        process.terminationHandler = { continuation.yield(.ended(status: $0.terminationStatus)) }
        defer {
            for pipe in [output, error] { pipe.fileHandleForReading.readabilityHandler = nil }
        }
        try process.run()
        input.map { feed(program.input, to: $0) }
        let identifier = process.processIdentifier
        tellEnd(of: identifier, continuation)
        var number = 0
        var timer = timeLimit.map { alarm(number, after: $0, continuation) }
        defer { timer?.cancel() }
        var running = RunningProgram()
        for await event in events {
            running.take(event)
            if case .timeIsUp(number) = event { break }
            if running.status != nil {
                timer?.cancel()
                number += 1
                timer = alarm(number, after: grace, continuation)
            }
            if running.isComplete { break }
        }
        if running.status == nil { kill(identifier, SIGKILL) }
        return Program.Result(
            output: String(decoding: running.output.suffix(mostBytes), as: UTF8.self),
            error: String(decoding: running.error.suffix(mostBytes), as: UTF8.self),
            status: running.status
        )
    }

    private var isComplete: Bool { openPipes == 0 && status != nil }

    private mutating func take(_ event: Event) {
        switch event {
        case .output(let piece): append(piece, to: \.output)
        case .error(let piece): append(piece, to: \.error)
        case .ended(let status): self.status = status
        case .timeIsUp: break
        }
    }

    /// An empty piece is the end.
    private mutating func append(_ piece: Data, to text: WritableKeyPath<RunningProgram, Data>) {
        if piece.isEmpty { openPipes -= 1 }
        self[keyPath: text].append(piece)
        // Not at each piece: much would be moved for little.
        if self[keyPath: text].count > 2 * Self.mostBytes { self[keyPath: text] = Data(self[keyPath: text].suffix(Self.mostBytes)) }
    }

    private static func pipe(_ take: @escaping @Sendable (Data) -> Void) -> Pipe {
        let pipe = Pipe()
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let piece = handle.availableData
            if piece.isEmpty { handle.readabilityHandler = nil }
            take(piece)
        }
        return pipe
    }

    /// Writing waits for the program, so it takes a thread of its own. One that does not read to the end has had enough.
    private static func feed(_ bytes: [UInt8], to pipe: Pipe) {
        let handle = pipe.fileHandleForWriting
        DispatchQueue.global().async {
            try? handle.write(contentsOf: Data(bytes))
            try? handle.close()
        }
    }

    /// Foundation takes a program for running while another one that it has left behind does; the system knows better.
    private static func tellEnd(of identifier: Int32, _ events: AsyncStream<Event>.Continuation) {
        // Waiting blocks a thread, so it takes one of its own. What has ended is left to Foundation to collect.
        DispatchQueue.global().async {
            var end = siginfo_t()
            guard waitid(P_PID, id_t(identifier), &end, WEXITED | WNOWAIT) == 0 else { return }
            events.yield(.ended(status: end._sifields._sigchld.si_status))
        }
    }

    private static func alarm(_ number: Int, after delay: Duration, _ events: AsyncStream<Event>.Continuation) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: delay)
            events.yield(.timeIsUp(number))
        }
    }
}
