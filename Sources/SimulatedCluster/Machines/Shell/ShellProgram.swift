/// The shell of a small image: it runs a script, a part of one, or the commands that it reads, at a prompt when they are typed.
struct ShellProgram: Program {
    private enum Source {
        case words([String])
        /// A part of another shell's script.
        case forked
    }

    private enum Waiting {
        case wakeUp
        case children([Int])
        case capture(Int, Pipe)
        case start(Int)
        case jobs([Int]?)
        case variables([String], from: Pipe?)
        case command
    }

    /// A process that was started, by the ticket of its start.
    private struct Started {
        var number: Int?
        var code: Int?
    }

    private let source: Source
    private var interpreter: ShellInterpreter
    private var waiting: Waiting?
    private var started: [Int: Started] = [:]
    private var nextTicket = 1
    /// Whether it reads its commands from its input, and whether somebody types them.
    private var readsCommands = false
    private var isInteractive = false
    /// Lines that are no complete command yet.
    private var incomplete = ""
    private var pendingTraps: [String] = []
    /// The end of a line that is still coming.
    private var partialLine: [UInt8] = []
    /// What the script has ended with, while its trap for that runs.
    private var finalStatus: Int?

    init(words: [String]) {
        source = .words(words)
        interpreter = ShellInterpreter(variables: [:], directory: "/")
    }

    init(forked interpreter: ShellInterpreter) {
        source = .forked
        self.interpreter = interpreter
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        var machine = ShellMachine(context)
        switch input {
        case .start: start(&machine)
        case .wake: resume(&machine)
        case .spawned(let number, let ticket): spawned(number, ticket, &machine)
        case .childEnded(let code, let ticket): ended(ticket, code, &machine)
        case .read(let bytes, _): received(bytes, &machine)
        case .signal(let signal): handle(signal, &machine)
        case .lookedUp, .answered, .flushed: break
        }
        return machine.actions
    }

    // MARK: Start

    private mutating func start(_ machine: inout ShellMachine) {
        if case .words(let words) = source, !begin(Array(words.dropFirst()), &machine) { return }
        if case .words = source { interpreter.number = machine.context.number }
        run(&machine)
    }

    /// - Returns: false when there is nothing to run.
    private mutating func begin(_ options: [String], _ machine: inout ShellMachine) -> Bool {
        let context = machine.context
        let variables = Dictionary(context.environment.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        interpreter = ShellInterpreter(variables: variables, directory: context.directory)
        let flags = options.prefix { $0.hasPrefix("-") }
        interpreter.setOptions(flags.map { "-" + $0.filter { !"c-s".contains($0) } }.filter { $0.count > 1 }[...])
        let operands = Array(options.dropFirst(flags.count))
        do throws(ShellSyntaxError) {
            if flags.contains(where: { $0.contains("c") }) {
                guard let script = operands.first else { throw ShellSyntaxError(message: "-c requires an argument") }
                if operands.count > 1 { interpreter.arguments = Array(operands.dropFirst()) }
                try interpreter.run(script)
            } else if let file = operands.first {
                guard let script = try? context.files.read(context.absolute(file)) else {
                    throw ShellSyntaxError(message: "can't open '\(file)': No such file or directory")
                }
                interpreter.arguments = operands
                try interpreter.run(script)
            } else {
                readsCommands = true
                isInteractive = context.terminal != nil
                interpreter.isInteractive = isInteractive
            }
            return true
        } catch {
            machine.perform(.line("sh: syntax error: \(error.message)", .standardError))
            machine.perform(.exit(code: 2))
            return false
        }
    }

    // MARK: Steps

    private mutating func resume(_ machine: inout ShellMachine) {
        waiting = nil
        for script in pendingTraps { try? interpreter.run(script) }
        pendingTraps = []
        run(&machine)
    }

    private mutating func run(_ machine: inout ShellMachine) {
        while waiting == nil {
            switch interpreter.step(&machine) {
            case .finished(let status): return finish(status, &machine)
            case .yield:
                waiting = .wakeUp
                machine.perform(.work(ShellInterpreter.turn, ticket: takeTicket()))
            case .spawn(let children): waiting = .children(children.map { spawn($0, &machine) })
            case .background(let child): waiting = .start(spawn(child, &machine))
            case .capture(let child, let pipe): waiting = .capture(spawn(child, &machine), pipe)
            case .become(let child):
                waiting = .wakeUp
                machine.perform(.become(child))
            case .readLine(let pipe, let names):
                waiting = .variables(names, from: pipe)
                machine.perform(.read(from: pipe, .line, ticket: takeTicket()))
            case .waitForJobs(let numbers): wait(for: numbers)
            case .outOfMemory:
                waiting = .wakeUp
                machine.perform(.allocate(bytes: Machine.mostAllocated + 1))
            case .kill(let numbers, let signal): for number in numbers { machine.perform(.signal(signal, process: number)) }
            }
        }
    }

    private mutating func spawn(_ child: Child, _ machine: inout ShellMachine) -> Int {
        let ticket = takeTicket()
        started[ticket] = Started()
        machine.perform(.spawn(child, ticket: ticket))
        return ticket
    }

    private mutating func takeTicket() -> Int {
        nextTicket += 1
        return nextTicket
    }

    private mutating func finish(_ status: Int, _ machine: inout ShellMachine) {
        if readsCommands, interpreter.stack.isEmpty, !interpreter.isLeaving { return readCommand(&machine) }
        if let script = interpreter.traps.removeValue(forKey: 0), (try? interpreter.run(script)) != nil {
            finalStatus = status
            interpreter.status = status
            interpreter.isLeaving = false
            return run(&machine)
        }
        // A trap changes what the script has ended with by its own `exit` alone.
        machine.perform(.exit(code: interpreter.isLeaving ? status : finalStatus ?? status))
    }

    // MARK: Children

    private mutating func spawned(_ number: Int, _ ticket: Int, _ machine: inout ShellMachine) {
        started[ticket]?.number = number
        guard case .start(ticket)? = waiting else { return }
        interpreter.lastJob = number
        resume(&machine)
    }

    private mutating func ended(_ ticket: Int, _ code: Int, _ machine: inout ShellMachine) {
        started[ticket]?.code = code
        switch waiting {
        case .children(let tickets):
            guard tickets.allSatisfy({ started[$0]?.code != nil }) else { return }
            let codes = tickets.compactMap { started[$0]?.code }
            let failed = interpreter.options.contains(.pipefail) ? codes.last { $0 != 0 } : nil
            interpreter.status = failed ?? codes.last ?? 0
            for ticket in tickets { started[ticket] = nil }
        case .capture(ticket, let pipe):
            interpreter.status = code
            interpreter.captured(String(decoding: pipe.drain(), as: UTF8.self))
            started[ticket] = nil
        case .jobs(let numbers):
            waiting = nil
            wait(for: numbers)
            guard waiting == nil else { return }
        default: return
        }
        resume(&machine)
    }

    /// Waits for background processes: for those with these numbers, or for all.
    private mutating func wait(for numbers: [Int]?) {
        let jobs = started.values.filter { job in numbers.map { $0.contains(job.number ?? 0) } ?? true }
        guard jobs.allSatisfy({ $0.code != nil }) else { return waiting = .jobs(numbers) }
        guard let numbers else { return interpreter.status = 0 }
        let last = started.values.first { $0.number == numbers.last }
        interpreter.status = last?.code ?? 127
    }

    // MARK: Commands from the input

    private mutating func readCommand(_ machine: inout ShellMachine) {
        if isInteractive { machine.write(prompt(machine.context), to: .standard(.standardError)) }
        waiting = .command
        machine.perform(.read(from: nil, .line, ticket: takeTicket()))
    }

    private func prompt(_ context: ProcessContext) -> String {
        guard incomplete.isEmpty else { return "> " }
        let home = interpreter.variables["HOME"] ?? ""
        let directory = interpreter.directory
        let place =
            !home.isEmpty && (directory == home || directory.hasPrefix(home + "/")) ? "~" + directory.dropFirst(home.count) : directory
        return place + (context.user == 0 ? " # " : " $ ")
    }

    private mutating func received(_ bytes: [UInt8]?, _ machine: inout ShellMachine) {
        guard let line = line(bytes, &machine) else { return }
        switch waiting {
        case .variables(let names, _):
            interpreter.assign(line.isEmpty ? nil : line, to: names)
            resume(&machine)
        case .command:
            waiting = nil
            guard !line.isEmpty else { return endOfCommands(&machine) }
            run(line: String(decoding: line, as: UTF8.self), &machine)
        default: break
        }
    }

    /// A whole line, or what there is of it at the end of the input; nil while more of it comes.
    private mutating func line(_ bytes: [UInt8]?, _ machine: inout ShellMachine) -> [UInt8]? {
        partialLine += bytes ?? []
        guard bytes != nil, partialLine.last != UInt8(ascii: "\n"), partialLine.count >= Pipe.capacity else {
            defer { partialLine = [] }
            return partialLine
        }
        var source: Pipe?
        if case .variables(_, let pipe) = waiting { source = pipe }
        machine.perform(.allocate(bytes: partialLine.count))
        machine.perform(.read(from: source, .line, ticket: takeTicket()))
        return nil
    }

    private mutating func endOfCommands(_ machine: inout ShellMachine) {
        readsCommands = false
        finish(interpreter.status, &machine)
    }

    private mutating func run(line: String, _ machine: inout ShellMachine) {
        incomplete += line
        do throws(ShellSyntaxError) {
            try interpreter.run(incomplete)
            incomplete = ""
            run(&machine)
        } catch {
            if !error.isIncomplete {
                machine.write("sh: syntax error: \(error.message)\n", to: .standard(.standardError))
                interpreter.status = 2
                incomplete = ""
            }
            readCommand(&machine)
        }
    }

    // MARK: Signals

    /// A trap waits until the command at hand is done, unless that is `wait`; without one a typed ^C only ends that command.
    private mutating func handle(_ signal: Signal, _ machine: inout ShellMachine) {
        if let script = interpreter.traps[signal.rawValue] {
            pendingTraps.append(script)
            switch waiting {
            case .jobs, .variables:
                interpreter.status = signal.exitCode
                resume(&machine)
            default: break
            }
        } else if isInteractive, signal == .interrupt {
            interpreter.stack = []
            interpreter.status = signal.exitCode
            incomplete = ""
            guard case .command? = waiting else { return }
            machine.write(prompt(machine.context), to: .standard(.standardError))
        } else if !(isInteractive && signal == .terminate) {
            for action in machine.context.defaultAction(for: signal) { machine.perform(action) }
        }
    }
}
