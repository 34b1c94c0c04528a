import KubernetesModel
import KubernetesSemantics

/// The shell of a small image and its tools: as a container's program, in an `exec`, or for a probe.
struct ShellProgram: Program {
    /// A script that runs: the first is the program itself, others were started with `&`.
    private struct Job {
        var interpreter: ShellInterpreter
        var waiting: Waiting?
    }

    private enum Waiting {
        case timer(Int)
        case jobs([Int]?)
        case tool(NetworkTool, ShellInterpreter.Streams, ticket: Int)
    }

    private static let main = 1
    private let words: [String]
    private var jobs: [Int: Job] = [:]
    private var endings: [Int: Int] = [:]
    private var nextTicket = 1

    init(words: [String]) {
        self.words = words
    }

    /// Whether the image has a command of this name, or at this path.
    static func knows(_ command: String) -> Bool {
        let parts = command.split(separator: "/").map(String.init)
        guard let name = parts.last else { return false }
        if command.contains("/"), !["bin", "sbin", "usr/bin", "usr/sbin"].contains(parts.dropLast().joined(separator: "/")) { return false }
        return ShellTools.all[name] != nil || ["sh", "ash", "busybox", "sleep", "kill", "nslookup", "wget", "nc", "curl", "getent"].contains(name)
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        var machine = ShellMachine(context)
        switch input {
        case .start: start(&machine)
        case .wake(let ticket):
            for (number, job) in jobs.sorted(by: { $0.key < $1.key }) {
                if case .timer(ticket)? = job.waiting { resume(number, status: 0, &machine) }
            }
        case .lookedUp(let result, let ticket):
            advanceTool(ticket, &machine) { $0.lookedUp(result, ticket: ticket, server: Self.server(result, context)) }
        case .answered(let result, let ticket): advanceTool(ticket, &machine) { $0.answered(result) }
        case .signal(let signal): handle(signal, &machine)
        }
        return machine.actions
    }

    private static func server(_ result: LookupResult, _ context: ProcessContext) -> String {
        let file = ResolverConfiguration(parsing: (try? context.files.read("/etc/resolv.conf")) ?? "")
        return file.nameservers.first ?? "127.0.0.1"
    }

    private mutating func start(_ machine: inout ShellMachine) {
        let variables = Dictionary(machine.context.environment.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let name = words.first?.split(separator: "/").last.map(String.init) ?? "sh"
        var script = ShellNode.simple(ShellCommand(words: words.map { ShellWord(parts: [.text($0, isQuoted: true)]) }))
        if name == "sh" || name == "ash" {
            guard let index = words.firstIndex(of: "-c"), index + 1 < words.count else {
                // Without a script and with nothing to read, a shell ends at once.
                return machine.perform(.exit(code: 0))
            }
            do throws(ShellSyntaxError) {
                script = try ShellParser.parse(words[index + 1])
            } catch {
                machine.perform(.line("sh: syntax error: \(error.message)", .standardError))
                return machine.perform(.exit(code: 2))
            }
            let arguments = Array(words[(index + 2)...])
            let interpreter = ShellInterpreter(script, variables: variables, arguments: arguments.isEmpty ? ["sh"] : arguments)
            jobs[Self.main] = Job(interpreter: interpreter)
        } else {
            jobs[Self.main] = Job(interpreter: ShellInterpreter(script, variables: variables))
        }
        run(Self.main, &machine)
    }

    private mutating func resume(_ number: Int, status: Int, _ machine: inout ShellMachine) {
        jobs[number]?.waiting = nil
        jobs[number]?.interpreter.status = status
        run(number, &machine)
    }

    private mutating func run(_ number: Int, _ machine: inout ShellMachine) {
        while var job = jobs[number], job.waiting == nil {
            let pause = job.interpreter.step(&machine)
            jobs[number]?.interpreter = job.interpreter
            switch pause {
            case .finished(let status): return finish(number, status, &machine)
            case .sleep(let duration):
                let ticket = takeTicket()
                jobs[number]?.waiting = .timer(ticket)
                machine.perform(.wake(after: duration, ticket: ticket))
            case .waitForJobs(let numbers): wait(number, for: numbers)
            case .tool(let tool, let streams):
                let ticket = takeTicket()
                jobs[number]?.waiting = .tool(tool, streams, ticket: ticket)
                machine.perform(tool.begin(ticket: ticket))
            case .background(let child, let childNumber):
                jobs[childNumber] = Job(interpreter: child)
                run(childNumber, &machine)
            case .kill(let target, let signal): kill(target, signal, &machine)
            case .outOfMemory(let bytes):
                machine.perform(.allocate(bytes: bytes))
            }
        }
    }

    private mutating func takeTicket() -> Int {
        nextTicket += 1
        return nextTicket
    }

    private mutating func wait(_ number: Int, for numbers: [Int]?) {
        let awaited = numbers ?? jobs.keys.filter { $0 != Self.main && $0 != number }
        let running = awaited.filter { jobs[$0] != nil }
        guard running.isEmpty else {
            jobs[number]?.waiting = .jobs(numbers)
            return
        }
        jobs[number]?.interpreter.status = awaited.last.flatMap { endings[$0] } ?? 0
    }

    private mutating func finish(_ number: Int, _ status: Int, _ machine: inout ShellMachine) {
        guard number != Self.main else {
            if let script = jobs[number]?.interpreter.traps.removeValue(forKey: 0) {
                jobs[number]?.interpreter.interrupt(with: script)
                jobs[number]?.interpreter.traps[0] = nil
                return run(number, &machine)
            }
            jobs = [:]
            return machine.perform(.exit(code: status))
        }
        jobs[number] = nil
        endings[number] = status
        for (other, job) in jobs.sorted(by: { $0.key < $1.key }) {
            guard case .jobs(let numbers)? = job.waiting else { continue }
            jobs[other]?.waiting = nil
            wait(other, for: numbers)
            if jobs[other]?.waiting == nil { run(other, &machine) }
        }
    }

    private mutating func kill(_ target: Int, _ signal: Signal, _ machine: inout ShellMachine) {
        if target == Self.main { return handle(signal, &machine) }
        guard jobs[target] != nil else { return }
        finish(target, 128 + signal.rawValue, &machine)
    }

    /// As process 1 of its container a shell is spared the signals that it has no trap for.
    private mutating func handle(_ signal: Signal, _ machine: inout ShellMachine) {
        guard let script = jobs[Self.main]?.interpreter.traps[signal.rawValue] else { return }
        jobs[Self.main]?.waiting = nil
        jobs[Self.main]?.interpreter.interrupt(with: script)
        run(Self.main, &machine)
    }

    private mutating func advanceTool(_ ticket: Int, _ machine: inout ShellMachine, _ step: (inout NetworkTool) -> NetworkTool.Step) {
        for (number, job) in jobs.sorted(by: { $0.key < $1.key }) {
            guard case .tool(var tool, let streams, ticket)? = job.waiting else { continue }
            switch step(&tool) {
            case .action(let action):
                jobs[number]?.waiting = .tool(tool, streams, ticket: ticket)
                machine.perform(action)
            case .finished(let code, let output, let errors):
                machine.write(output, to: streams.output)
                machine.write(errors, to: streams.error)
                resume(number, status: code, &machine)
            }
            return
        }
    }
}
