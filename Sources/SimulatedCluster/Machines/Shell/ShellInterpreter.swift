/// Runs a parsed script step by step: it stops where it has to wait, and goes on from there.
///
/// What is to be done next lies on a stack, so that a script can wait anywhere — inside a loop, a pipeline, a condition.
struct ShellInterpreter {
    /// Where a command reads from and writes to.
    struct Streams {
        /// Nil for the shell's own input.
        var input: Pipe?
        var output: Outlet = .standard(.standardOutput)
        var error: Outlet = .standard(.standardError)
        /// Whether somebody asks how the command ends, so that it may fail under `set -e`.
        var isTested = false

        var tested: Streams {
            var streams = self
            streams.isTested = true
            return streams
        }
    }

    /// What `set` turns on.
    struct Options: OptionSet {
        let rawValue: Int

        static let errexit = Options(rawValue: 1)
        static let nounset = Options(rawValue: 2)
        static let xtrace = Options(rawValue: 4)
        static let pipefail = Options(rawValue: 8)

        /// - Parameter name: as after `set -o`.
        init?(name: String) {
            let names: [String: Options] = ["errexit": .errexit, "nounset": .nounset, "xtrace": .xtrace, "pipefail": .pipefail]
            guard let option = names[name] else { return nil }
            self = option
        }

        init?(letter: Character) {
            let letters: [Character: Options] = ["e": .errexit, "u": .nounset, "x": .xtrace]
            guard let option = letters[letter] else { return nil }
            self = option
        }

        init(rawValue: Int) {
            self.rawValue = rawValue
        }
    }

    /// What the interpreter can't do by itself.
    enum Pause {
        case finished(Int)
        /// Lets some time pass, so that a loop that never waits doesn't hold the whole cluster.
        case yield
        /// Starts these together and waits for all; the last one's code counts.
        case spawn([Child])
        case background(Child)
        /// Starts this, and takes what it writes into the pipe for a substitution.
        case capture(Child, Pipe)
        case become(Child)
        case readLine(from: Pipe?, into: [String])
        case waitForJobs([Int]?)
        case kill([Int], Signal)
        /// It has come to hold more than there is.
        case outOfMemory
    }

    enum Frame {
        case run(ShellNode, Streams)
        /// Runs the substitutions of a command, then the command.
        case capture(ShellNode, Streams, scripts: ArraySlice<String>, results: [String])
        case sequence([ShellNode], Int, Streams)
        case chain(ArraySlice<ShellNode.Link>, Streams)
        case forNext(String, [String], Int, ShellNode, Streams)
        case whileTest(condition: ShellNode, body: ShellNode, isUntil: Bool, Streams)
        case whileAgain(condition: ShellNode, body: ShellNode, isUntil: Bool, Streams)
        case branch([(condition: ShellNode, body: ShellNode)], Int, otherwise: ShellNode?, Streams)
        case negate
        /// Under `set -e`: the end of the shell, if the command before has failed.
        case endOnFailure
        /// The end of a subshell: its variables go.
        case restore([String: String], directory: String)
        /// The end of a function: the caller's arguments come back, and the variables that it made its own.
        case endOfCall(arguments: [String], own: [String: String?])
    }

    var stack: [Frame]
    var variables: [String: String]
    var exported: Set<String>
    var directory: String
    var status = 0
    var traps: [Int: String] = [:]
    var functions: [String: ShellNode] = [:]
    /// How many calls of functions are under way.
    var depth = 0
    var lastJob: Int?
    var arguments: [String]
    /// Of the shell's process, for `$$`.
    var number = 1
    /// What the substitutions of the command at hand gave, in their order.
    var captured: [String] = []
    /// The bytes that the words of the command at hand have become.
    var expandedBytes = 0
    /// Set by `exit`.
    var isLeaving = false
    /// Whether nothing comes after its script, so that the last command may take the process over.
    var isForked = false
    var options: Options = []
    /// Whether somebody types the commands, whom a wrong one doesn't send away.
    var isInteractive = false
    /// Why the words of the command at hand can't be expanded.
    var problem: String?

    init(variables: [String: String], directory: String, arguments: [String] = ["sh"]) {
        stack = []
        self.variables = variables
        exported = Set(variables.keys)
        self.directory = directory
        self.arguments = arguments
    }

    /// Puts a script in front of what is left to do.
    mutating func run(_ script: String) throws(ShellSyntaxError) {
        stack.append(.run(try ShellParser.parse(script), Streams()))
    }

    /// A shell of its own for a part of the script, as `fork` makes it.
    func fork(_ node: ShellNode, isTested: Bool = false) -> ShellInterpreter {
        var child = self
        child.stack = [.run(node, Streams(isTested: isTested))]
        child.isInteractive = false
        child.traps = [:]
        child.captured = []
        child.isForked = true
        return child
    }

    /// A loop without an end goes on for ever, at a pace that leaves the others their turn: as many steps, then so much time.
    private static let longestRun = 100
    static let turn = Duration.milliseconds(10)

    /// Goes on until something has to be waited for.
    mutating func step(_ machine: inout ShellMachine) -> Pause {
        var steps = 0
        while let frame = stack.popLast() {
            steps += 1
            if steps > Self.longestRun {
                stack.append(frame)
                return .yield
            }
            if let pause = advance(frame, &machine) { return pause }
        }
        return .finished(status)
    }

    /// What a substitution wrote, once its shell has ended.
    mutating func captured(_ text: String) {
        guard case .capture(let node, let streams, let scripts, let results) = stack.popLast() else { return }
        var text = text[...]
        while text.last == "\n" { text = text.dropLast() }
        stack.append(.capture(node, streams, scripts: scripts, results: results + [String(text)]))
    }

    private mutating func advance(_ frame: Frame, _ machine: inout ShellMachine) -> Pause? {
        switch frame {
        case .run(let node, let streams):
            let scripts = node.substitutions
            guard scripts.isEmpty else {
                stack.append(.capture(node, streams, scripts: scripts[...], results: []))
                return nil
            }
            return run(node, streams, &machine)
        case .capture(let node, let streams, let scripts, let results): return capture(node, streams, scripts, results, &machine)
        case .sequence(let nodes, let index, let streams):
            guard index < nodes.count else { return nil }
            if index + 1 < nodes.count { stack.append(.sequence(nodes, index + 1, streams)) }
            stack.append(.run(nodes[index], streams))
        case .chain(let links, let streams):
            guard let link = links.first else { return nil }
            if links.count > 1 { stack.append(.chain(links.dropFirst(), streams)) }
            let inner = links.count > 1 ? streams.tested : streams
            if (status == 0) == link.runsAfterSuccess { stack.append(.run(link.node, inner)) }
        case .forNext(let variable, let values, let index, let body, let streams):
            guard index < values.count else { return nil }
            variables[variable] = values[index]
            stack.append(.forNext(variable, values, index + 1, body, streams))
            stack.append(.run(body, streams))
        case .whileAgain(let condition, let body, let isUntil, let streams):
            stack.append(.whileTest(condition: condition, body: body, isUntil: isUntil, streams))
            stack.append(.run(condition, streams.tested))
        case .whileTest(let condition, let body, let isUntil, let streams):
            guard (status == 0) != isUntil else {
                status = 0
                return nil
            }
            stack.append(.whileAgain(condition: condition, body: body, isUntil: isUntil, streams))
            stack.append(.run(body, streams))
        case .branch(let branches, let index, let otherwise, let streams): branch(branches, index, otherwise, streams)
        case .negate: status = status == 0 ? 1 : 0
        case .endOnFailure: return status == 0 ? nil : exit([])
        case .restore(let saved, let directory):
            variables = saved
            self.directory = directory
        case .endOfCall(let arguments, let own): endCall(arguments, own)
        }
        return nil
    }

    private mutating func capture(
        _ node: ShellNode, _ streams: Streams, _ scripts: ArraySlice<String>, _ results: [String], _ machine: inout ShellMachine
    ) -> Pause? {
        guard let script = scripts.first else {
            captured = results
            defer { captured = [] }
            return run(node, streams, &machine)
        }
        do throws(ShellSyntaxError) {
            let child = fork(try ShellParser.parse(script))
            stack.append(.capture(node, streams, scripts: scripts.dropFirst(), results: results))
            let pipe = Pipe(isBounded: false)
            return .capture(child.process(Streams(input: streams.input, output: .pipe(pipe), error: streams.error), machine), pipe)
        } catch {
            machine.write("sh: syntax error: \(error.message)\n", to: streams.error)
            status = 2
            return nil
        }
    }

    private mutating func branch(
        _ branches: [(condition: ShellNode, body: ShellNode)], _ index: Int, _ otherwise: ShellNode?, _ streams: Streams
    ) {
        if status == 0 {
            stack.append(.run(branches[index].body, streams))
        } else if index + 1 < branches.count {
            stack.append(.branch(branches, index + 1, otherwise: otherwise, streams))
            stack.append(.run(branches[index + 1].condition, streams.tested))
        } else if let otherwise {
            stack.append(.run(otherwise, streams))
        } else {
            status = 0
        }
    }

    private mutating func run(_ node: ShellNode, _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        expandedBytes = 0
        if options.contains(.errexit), !streams.isTested, node.endsOnFailure { stack.append(.endOnFailure) }
        switch node {
        case .simple(let command): return run(command, streams, &machine)
        case .sequence(let nodes): stack.append(.sequence(nodes, 0, streams))
        case .chain(let first, let links):
            stack.append(.chain(links[...], streams))
            stack.append(.run(first, streams.tested))
        case .pipeline(let stages, let isNegated):
            if isNegated { stack.append(.negate) }
            let inner = isNegated ? streams.tested : streams
            if stages.count == 1 { stack.append(.run(stages[0], inner)) } else { return .spawn(pipeline(stages, inner, machine)) }
        case .background(let body):
            status = 0
            return .background(fork(body).process(Streams(input: .holding([]), output: streams.output, error: streams.error), machine))
        case .forLoop(let variable, let words, let body):
            let values = words.flatMap { expand($0, machine) }
            if isOverfull { return .outOfMemory }
            if let pause = giveUp(streams, &machine) { return pause }
            stack.append(.forNext(variable, values, 0, body, streams))
        case .whileLoop(let condition, let body, let isUntil):
            stack.append(.whileAgain(condition: condition, body: body, isUntil: isUntil, streams))
        case .conditional(let branches, let otherwise):
            guard let first = branches.first else { return nil }
            stack.append(.branch(branches, 0, otherwise: otherwise, streams))
            stack.append(.run(first.condition, streams.tested))
        case .choice(let word, let branches):
            let value = text(of: word, machine)
            if let pause = giveUp(streams, &machine) { return pause }
            let chosen = branches.first { $0.patterns.contains { ShellPattern(text(of: $0, machine)).matches(value) } }
            status = 0
            if let chosen { stack.append(.run(chosen.body, streams)) }
        case .function(let name, let body):
            functions[name] = body
            status = 0
        case .group(let body, let isSubshell):
            if isSubshell { stack.append(.restore(variables, directory: directory)) }
            stack.append(.run(body, streams))
        case .redirected(let body, let redirections):
            var inner = streams
            for redirection in redirections where !redirect(redirection, &inner, &machine) {
                status = 1
                return nil
            }
            stack.append(.run(body, inner))
        }
        return nil
    }

    /// Each stage is a process, and what one writes the next one reads.
    private func pipeline(_ stages: [ShellNode], _ streams: Streams, _ machine: ShellMachine) -> [Child] {
        var children: [Child] = []
        var inner = streams
        for (index, stage) in stages.enumerated() {
            var current = inner
            if index + 1 < stages.count {
                let pipe = Pipe()
                current.output = .pipe(pipe)
                inner.input = pipe
            }
            children.append(fork(stage, isTested: streams.isTested).process(current, machine))
        }
        return children
    }

    /// Ends the shell, or only the command that somebody has typed, when its words can't be expanded.
    mutating func giveUp(_ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        guard let message = problem else { return nil }
        problem = nil
        machine.write("sh: \(message)\n", to: streams.error)
        guard isInteractive else { return exit(["2"]) ?? .yield }
        status = 2
        stack = []
        return .finished(status)
    }

    // MARK: Processes

    /// This shell as a process of its own.
    private func process(_ streams: Streams, _ machine: ShellMachine) -> Child {
        child(.program(ShellProgram(forked: self), name: arguments[0]), streams, machine)
    }

    func child(_ body: Child.Body, _ streams: Streams, _ machine: ShellMachine) -> Child {
        Child(
            body: body, environment: environment(machine), directory: directory, input: streams.input, output: streams.output,
            error: streams.error)
    }

    /// The exported variables: in the order of the shell's own environment, then what was added.
    private func environment(_ machine: ShellMachine) -> [(name: String, value: String)] {
        let known = machine.context.environment.map(\.name)
        let added = exported.subtracting(known).sorted()
        return (known + added).compactMap { name in
            exported.contains(name) ? variables[name].map { (name, $0) } : nil
        }
    }
}
