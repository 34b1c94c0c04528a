/// Runs a parsed script step by step: it stops where it has to wait, and goes on from there.
///
/// What is to be done next lies on a stack, so that a script can wait anywhere — inside a loop, a pipeline, a condition.
struct ShellInterpreter {
    /// Where a command reads from and writes to.
    struct Streams {
        /// Nil for the shell's own input, which is empty.
        var input: TextBuffer?
        var output: Sink = .stream(.standardOutput)
        var error: Sink = .stream(.standardError)
    }

    enum Sink {
        case stream(OutputStream)
        case buffer(TextBuffer)
        case file(String, appends: Bool)
    }

    /// What the interpreter can't do by itself.
    enum Pause {
        case finished(Int)
        case sleep(Duration)
        case waitForJobs([Int]?)
        case tool(NetworkTool, Streams)
        /// A job starts beside this one; the number is what `$!` gives.
        case background(ShellInterpreter, Int)
        case kill(Int, Signal)
        case outOfMemory(bytes: Int)
    }

    private enum Frame {
        case run(ShellNode, Streams)
        case sequence([ShellNode], Int, Streams)
        case andThen(ShellNode, Streams)
        case orElse(ShellNode, Streams)
        case forNext(String, [String], Int, ShellNode, Streams)
        case whileTest(condition: ShellNode, body: ShellNode, isUntil: Bool, Streams)
        case whileAgain(condition: ShellNode, body: ShellNode, isUntil: Bool, Streams)
        case branch([(condition: ShellNode, body: ShellNode)], Int, otherwise: ShellNode?, Streams)
        case pipe([ShellNode], Int, TextBuffer?, Streams)
        case negate
        /// The end of a subshell: its variables go.
        case restore([String: String], directory: String)
    }

    private var stack: [Frame]
    var variables: [String: String]
    var exported: Set<String>
    var directory = "/"
    var status = 0
    var traps: [Int: String] = [:]
    var lastJob: Int?
    var arguments: [String]
    private var nextJob: Int

    init(_ node: ShellNode, variables: [String: String], arguments: [String] = ["sh"], firstJob: Int = 2, streams: Streams = Streams()) {
        stack = [.run(node, streams)]
        self.variables = variables
        exported = Set(variables.keys)
        self.arguments = arguments
        nextJob = firstJob
    }

    /// Puts a script in front of what is left to do, as a trap does.
    mutating func interrupt(with script: String) {
        if let node = try? ShellParser.parse(script) { stack.append(.run(node, Streams())) }
    }

    /// Goes on until something has to be waited for.
    mutating func step(_ machine: inout ShellMachine) -> Pause {
        var steps = 0
        while let frame = stack.popLast() {
            steps += 1
            // A loop that never waits would hold the whole cluster: let some time pass.
            if steps > 10_000 {
                stack.append(frame)
                return .sleep(.milliseconds(10))
            }
            if let pause = advance(frame, &machine) { return pause }
        }
        return .finished(status)
    }

    private mutating func advance(_ frame: Frame, _ machine: inout ShellMachine) -> Pause? {
        switch frame {
        case .run(let node, let streams): return run(node, streams, &machine)
        case .sequence(let nodes, let index, let streams):
            guard index < nodes.count else { return nil }
            stack.append(.sequence(nodes, index + 1, streams))
            stack.append(.run(nodes[index], streams))
        case .andThen(let node, let streams):
            if status == 0 { stack.append(.run(node, streams)) }
        case .orElse(let node, let streams):
            if status != 0 { stack.append(.run(node, streams)) }
        case .forNext(let variable, let values, let index, let body, let streams):
            guard index < values.count else { return nil }
            variables[variable] = values[index]
            stack.append(.forNext(variable, values, index + 1, body, streams))
            stack.append(.run(body, streams))
        case .whileAgain(let condition, let body, let isUntil, let streams):
            stack.append(.whileTest(condition: condition, body: body, isUntil: isUntil, streams))
            stack.append(.run(condition, streams))
        case .whileTest(let condition, let body, let isUntil, let streams):
            guard (status == 0) != isUntil else {
                status = 0
                return nil
            }
            stack.append(.whileAgain(condition: condition, body: body, isUntil: isUntil, streams))
            stack.append(.run(body, streams))
        case .branch(let branches, let index, let otherwise, let streams):
            if status == 0 {
                stack.append(.run(branches[index].body, streams))
            } else if index + 1 < branches.count {
                stack.append(.branch(branches, index + 1, otherwise: otherwise, streams))
                stack.append(.run(branches[index + 1].condition, streams))
            } else if let otherwise {
                stack.append(.run(otherwise, streams))
            } else {
                status = 0
            }
        case .pipe(let stages, let index, let input, let streams): pipe(stages, index, input, streams)
        case .negate: status = status == 0 ? 1 : 0
        case .restore(let saved, let directory):
            variables = saved
            self.directory = directory
        }
        return nil
    }

    private mutating func run(_ node: ShellNode, _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        switch node {
        case .simple(let command): return run(command, streams, &machine)
        case .sequence(let nodes): stack.append(.sequence(nodes, 0, streams))
        case .and(let left, let right):
            stack.append(.andThen(right, streams))
            stack.append(.run(left, streams))
        case .or(let left, let right):
            stack.append(.orElse(right, streams))
            stack.append(.run(left, streams))
        case .pipeline(let stages, let isNegated):
            if isNegated { stack.append(.negate) }
            stack.append(.pipe(stages, 0, streams.input, streams))
        case .background(let body):
            var child = self
            child.stack = [.run(body, streams)]
            let number = nextJob
            nextJob += 1
            lastJob = number
            status = 0
            return .background(child, number)
        case .forLoop(let variable, let words, let body):
            let values = words.flatMap { expand($0, &machine) }
            stack.append(.forNext(variable, values, 0, body, streams))
        case .whileLoop(let condition, let body, let isUntil):
            stack.append(.whileAgain(condition: condition, body: body, isUntil: isUntil, streams))
        case .conditional(let branches, let otherwise):
            guard let first = branches.first else { return nil }
            stack.append(.branch(branches, 0, otherwise: otherwise, streams))
            stack.append(.run(first.condition, streams))
        case .choice(let word, let branches):
            let value = text(of: word, &machine)
            let chosen = branches.first { $0.patterns.contains { ShellPattern(text(of: $0, &machine)).matches(value) } }
            status = 0
            if let chosen { stack.append(.run(chosen.body, streams)) }
        case .group(let body, let isSubshell):
            if isSubshell { stack.append(.restore(variables, directory: directory)) }
            stack.append(.run(body, streams))
        }
        return nil
    }

    /// One stage after the other: what the first writes is all there before the next reads.
    private mutating func pipe(_ stages: [ShellNode], _ index: Int, _ input: TextBuffer?, _ streams: Streams) {
        guard index < stages.count else { return }
        var inner = streams
        inner.input = input
        var handedOn: TextBuffer?
        if index + 1 < stages.count {
            let buffer = TextBuffer()
            inner.output = .buffer(buffer)
            handedOn = buffer
        }
        stack.append(.pipe(stages, index + 1, handedOn, streams))
        stack.append(.run(stages[index], inner))
    }

    private mutating func run(_ command: ShellCommand, _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        let words = command.words.flatMap { expand($0, &machine) }
        var streams = streams
        for redirection in command.redirections {
            guard redirect(redirection, &streams, &machine) else {
                status = 1
                return nil
            }
        }
        let assignments = command.assignments.map { ($0.name, text(of: $0.value, &machine)) }
        guard let name = words.first else {
            for (name, value) in assignments { variables[name] = value }
            if !assignments.isEmpty { status = 0 }
            return nil
        }
        if let pause = control(name, Array(words.dropFirst()), streams, &machine) { return pause == .none ? nil : pause.pause }
        let saved = variables
        for (name, value) in assignments {
            variables[name] = value
            exported.insert(name)
        }
        defer { if !assignments.isEmpty { variables = saved } }
        return runTool(words, streams, &machine)
    }

    private func redirectTarget(_ sink: Sink, _ streams: Streams, _ descriptor: String) -> Sink {
        descriptor == "1" ? streams.output : descriptor == "2" ? streams.error : sink
    }

    private mutating func redirect(_ redirection: ShellRedirection, _ streams: inout Streams, _ machine: inout ShellMachine) -> Bool {
        let target = text(of: redirection.target, &machine)
        let path = machine.absolute(target, from: directory)
        switch redirection.kind {
        case .input:
            guard let text = try? machine.context.files.read(path) else {
                machine.write("sh: can't open \(target): no such file\n", to: streams.error)
                return false
            }
            streams.input = TextBuffer(text)
        case .output, .append:
            let appends = redirection.kind == .append
            do throws(FileSystem.Failure) {
                try machine.context.files.write("", to: path, appending: appends)
            } catch {
                machine.write("sh: can't create \(target): \(error.rawValue)\n", to: streams.error)
                return false
            }
            let sink = Sink.file(path, appends: true)
            if redirection.descriptor == 2 { streams.error = sink } else { streams.output = sink }
        case .duplicate:
            if redirection.descriptor == 2 {
                streams.error = redirectTarget(streams.error, streams, target)
            } else {
                streams.output = redirectTarget(streams.output, streams, target)
            }
        }
        return true
    }

    // MARK: What only the shell itself can do

    private enum Control: Equatable {
        case none
        case some(Pause)

        static func == (left: Control, right: Control) -> Bool {
            if case .none = left, case .none = right { true } else { false }
        }

        var pause: Pause? {
            if case .some(let pause) = self { pause } else { nil }
        }
    }

    /// Nil for commands that are no part of the shell.
    private mutating func control(
        _ name: String, _ arguments: [String], _ streams: Streams, _ machine: inout ShellMachine
    ) -> Control? {
        switch name {
        case "exit":
            status = (arguments.first.flatMap(Int.init) ?? status) & 255
            // A subshell ends alone.
            while let frame = stack.popLast() {
                guard case .restore = frame else { continue }
                stack.append(frame)
                return Control.none
            }
            return .some(.finished(status))
        case "break", "continue": unwindLoop(isBreak: name == "break")
        case "cd": changeDirectory(arguments.first ?? "/root", streams, &machine)
        case "export": export(arguments)
        case "unset": arguments.forEach { variables[$0] = nil }
        case "set", "shift", "umask": status = 0
        case "trap": setTrap(arguments)
        case "read": return read(arguments, streams)
        case "wait":
            let numbers = arguments.compactMap(Int.init)
            return .some(.waitForJobs(numbers.isEmpty ? nil : numbers))
        case "sleep": return .some(.sleep(Self.duration(arguments)))
        case "kill": return kill(arguments)
        case "exec" where !arguments.isEmpty:
            stack = []
            return runTool(arguments, streams, &machine).map(Control.some) ?? Control.none
        default: return nil
        }
        return Control.none
    }

    static func duration(_ arguments: [String]) -> Duration {
        arguments.reduce(.zero) { sum, text in
            let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
            let unit = text.last.flatMap { units[$0] }
            let number = Double(unit == nil ? text : String(text.dropLast())) ?? (text == "infinity" ? 3e9 : 0)
            return sum + .milliseconds(Int(number * (unit ?? 1) * 1000))
        }
    }

    private mutating func kill(_ arguments: [String]) -> Control {
        let names = ["HUP": 1, "INT": 2, "KILL": 9, "TERM": 15]
        var signal = Signal.terminate
        for argument in arguments {
            if argument.hasPrefix("-") {
                let text = String(argument.dropFirst()).replacing("SIG", with: "")
                signal = Signal(rawValue: names[text] ?? Int(text) ?? 15) ?? .terminate
            } else if let number = Int(argument) {
                status = 0
                return .some(.kill(number, signal))
            }
        }
        status = 1
        return .none
    }

    private mutating func unwindLoop(isBreak: Bool) {
        while let frame = stack.popLast() {
            switch frame {
            case .forNext, .whileAgain:
                if !isBreak { stack.append(frame) }
                status = 0
                return
            default: continue
            }
        }
    }

    private mutating func changeDirectory(_ path: String, _ streams: Streams, _ machine: inout ShellMachine) {
        let target = machine.absolute(path, from: directory)
        guard machine.context.files.node(at: target) == .directory else {
            machine.write("sh: cd: can't cd to \(path): No such file or directory\n", to: streams.error)
            status = 1
            return
        }
        directory = target
        status = 0
    }

    private mutating func export(_ arguments: [String]) {
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if parts.count == 2 { variables[parts[0]] = parts[1] }
            exported.insert(parts[0])
        }
        status = 0
    }

    private mutating func setTrap(_ arguments: [String]) {
        let numbers = ["EXIT": 0, "HUP": 1, "INT": 2, "TERM": 15]
        for name in arguments.dropFirst() {
            let number = numbers[name.replacing("SIG", with: "")] ?? Int(name)
            if let number { traps[number] = arguments[0] }
        }
        status = 0
    }

    private mutating func read(_ arguments: [String], _ streams: Streams) -> Control {
        let names = arguments.filter { !$0.hasPrefix("-") }
        guard let line = streams.input?.nextLine() else {
            status = 1
            return .none
        }
        let words = line.split(separator: " ", maxSplits: max(names.count - 1, 0)).map(String.init)
        for (index, name) in names.enumerated() { variables[name] = index < words.count ? words[index] : "" }
        status = 0
        return .none
    }

    // MARK: Tools

    private mutating func runTool(_ words: [String], _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        var words = words
        if words.first?.split(separator: "/").last == "busybox", words.count > 1 { words.removeFirst() }
        let name = String(words[0].split(separator: "/").last ?? "")
        let arguments = Array(words.dropFirst())
        if name == "sh" || name == "ash" { return runScript(arguments, streams, &machine) }
        if name == "sleep" { return .sleep(Self.duration(arguments)) }
        if name == "env", !arguments.filter({ !$0.contains("=") }).isEmpty {
            return runTool(Array(arguments.drop { $0.contains("=") }), streams, &machine)
        }
        if let tool = NetworkTool(name, arguments) { return .tool(tool, streams) }
        guard let tool = ShellTools.all[name], !words[0].hasPrefix("/") || ShellProgram.knows(words[0]) else {
            let problem = words[0].contains("/") ? "No such file or directory" : "not found"
            machine.write("sh: \(words[0]): \(problem)\n", to: streams.error)
            status = 127
            return nil
        }
        var call = ShellTools.Call(
            arguments: arguments, input: streams.input, variables: variables.filter { exported.contains($0.key) }, directory: directory,
            machine: machine)
        status = tool(&call)
        machine.write(call.output, to: streams.output)
        machine.write(call.errors, to: streams.error)
        return call.memory > 0 ? .outOfMemory(bytes: call.memory) : nil
    }

    /// `sh -c SCRIPT`, in a shell of its own.
    private mutating func runScript(_ arguments: [String], _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        guard let index = arguments.firstIndex(of: "-c"), index + 1 < arguments.count else { return nil }
        do throws(ShellSyntaxError) {
            let node = try ShellParser.parse(arguments[index + 1])
            stack.append(.run(.group(node, isSubshell: true), streams))
        } catch {
            machine.write("sh: syntax error: \(error.message)\n", to: streams.error)
            status = 2
        }
        return nil
    }

    /// Runs a script at once and collects what it writes: for `$(…)`, where waiting is not possible.
    mutating func collect(_ script: String, _ machine: inout ShellMachine) -> String {
        guard let node = try? ShellParser.parse(script) else { return "" }
        let buffer = TextBuffer()
        var child = self
        child.stack = [.run(node, Streams(output: .buffer(buffer)))]
        for _ in 0..<1_000 {
            if case .finished(let code) = child.step(&machine) {
                status = code
                break
            }
        }
        var text = buffer.text
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
