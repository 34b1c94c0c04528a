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
        case variables([String])
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
                waiting = .variables(names)
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
            interpreter.status = status
            return run(&machine)
        }
        machine.perform(.exit(code: status))
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
            interpreter.status = tickets.last.flatMap { started[$0]?.code } ?? 0
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
        switch waiting {
        case .variables(let names):
            interpreter.assign(bytes, to: names)
            resume(&machine)
        case .command:
            waiting = nil
            guard let bytes else { return endOfCommands(&machine) }
            run(line: String(decoding: bytes, as: UTF8.self), &machine)
        default: break
        }
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
