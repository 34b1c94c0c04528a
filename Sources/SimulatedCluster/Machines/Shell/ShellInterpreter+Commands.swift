extension ShellInterpreter {
    /// A simple command: assignments, redirections, and what the shell does itself or starts.
    mutating func run(_ command: ShellCommand, _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        let hasSubstitutions = !captured.isEmpty
        let words = command.words.flatMap { expand($0, machine) }
        var streams = streams
        for redirection in command.redirections where !redirect(redirection, &streams, &machine) {
            status = 1
            return nil
        }
        let assignments = command.assignments.map { ($0.name, text(of: $0.value, machine)) }
        if isOverfull { return .outOfMemory }
        if let pause = giveUp(streams, &machine) { return pause }
        if options.contains(.xtrace) { trace(assignments, words, streams, &machine) }
        guard let name = words.first else {
            for (name, value) in assignments { variables[name] = value }
            if !hasSubstitutions { status = 0 }
            return nil
        }
        if let built = ShellBuiltin(rawValue: name) { return run(built, Array(words.dropFirst()), streams, &machine) }
        if let body = functions[name] {
            for (name, value) in assignments { variables[name] = value }
            return call(body, words, streams, &machine)
        }
        let saved = (variables, exported)
        for (name, value) in assignments {
            variables[name] = value
            exported.insert(name)
        }
        defer { if !assignments.isEmpty { (variables, exported) = saved } }
        return start(words, streams, &machine)
    }

    private func trace(
        _ assignments: [(String, String)], _ words: [String], _ streams: Streams, _ machine: inout ShellMachine
    ) {
        let texts = assignments.map { "\($0)=\($1)" } + words
        machine.write("+ \(texts.joined(separator: " "))\n", to: streams.error)
    }

    mutating func redirect(_ redirection: ShellRedirection, _ streams: inout Streams, _ machine: inout ShellMachine) -> Bool {
        let target = text(of: redirection.target, machine)
        switch redirection.kind {
        case .input:
            guard let bytes = try? machine.context.files.bytes(of: machine.absolute(target, from: directory)) else {
                machine.write("sh: can't open \(target): no such file\n", to: streams.error)
                return false
            }
            streams.input = .holding(bytes)
        case .document: streams.input = .holding(Array(target.utf8))
        case .output, .append:
            do throws(FileSystem.Failure) {
                let outlet = Outlet.pipe(try open(target, appends: redirection.kind == .append, machine))
                if redirection.descriptor == 2 { streams.error = outlet } else { streams.output = outlet }
            } catch {
                machine.write("sh: can't create \(target): \(error.rawValue)\n", to: streams.error)
                return false
            }
        case .duplicate:
            let outlet = target == "2" ? streams.error : streams.output
            if redirection.descriptor == 2 { streams.error = outlet } else { streams.output = outlet }
        }
        return true
    }

    private func open(_ target: String, appends: Bool, _ machine: ShellMachine) throws(FileSystem.Failure) -> Pipe {
        let path = machine.absolute(target, from: directory)
        let files = machine.context.files
        try files.write([], to: path, appending: appends)
        return .into { bytes throws(FileSystem.Failure) in try files.write(bytes, to: path, appending: true) }
    }

    /// Starts a program of the image; in a forked shell with nothing left to do the program takes its place.
    private mutating func start(_ words: [String], _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        if let tool = ShellTools.inline[words[0]] {
            var call = ShellTools.Call(arguments: Array(words.dropFirst()), input: nil, context: context(machine))
            status = tool(&call)
            if let problem = machine.write(call.data + Array(call.output.utf8), to: streams.output) {
                machine.write("sh: write error: \(problem.rawValue)\n", to: streams.error)
                status = 1
            }
            machine.write(call.errors, to: streams.error)
            return nil
        }
        guard CommandCatalog.knows(words[0]) else {
            let problem = words[0].contains("/") ? "No such file or directory" : "not found"
            machine.write("sh: \(words[0]): \(problem)\n", to: streams.error)
            status = 127
            return nil
        }
        let child = child(.command(words), streams, machine)
        return isForked && stack.isEmpty && traps.isEmpty ? .become(child) : .spawn([child])
    }

    private func context(_ machine: ShellMachine) -> ProcessContext {
        var context = machine.context
        context.directory = directory
        return context
    }

    // MARK: What only the shell itself can do

    private mutating func run(
        _ built: ShellBuiltin, _ arguments: [String], _ streams: Streams, _ machine: inout ShellMachine
    ) -> Pause? {
        switch built {
        case .exit: return exit(arguments)
        case .break: unwindLoop(isBreak: true)
        case .continue: unwindLoop(isBreak: false)
        case .cd: changeDirectory(arguments.first ?? variables["HOME"] ?? "/", streams, &machine)
        case .export: export(arguments)
        case .unset:
            arguments.forEach { variables[$0] = nil }
            status = 0
        case .set:
            setOptions(arguments[...])
            status = 0
        case .umask: status = 0
        case .shift:
            let count = arguments.first.flatMap { Int($0) } ?? 1
            status = (0..<self.arguments.count).contains(count) ? 0 : 1
            if status == 0 { self.arguments.removeSubrange(1..<(1 + count)) }
        case .local: makeOwn(arguments)
        case .return: return returnFromCall(arguments)
        case .trap: setTrap(arguments)
        case .read: return .readLine(from: streams.input, into: arguments.filter { !$0.hasPrefix("-") })
        case .wait:
            let numbers = arguments.compactMap(Int.init)
            return .waitForJobs(numbers.isEmpty ? nil : numbers)
        case .kill: return kill(arguments, streams, &machine)
        case .eval: evaluate(arguments.joined(separator: " "), streams, &machine)
        case .exec:
            guard let name = arguments.first else { return nil }
            guard CommandCatalog.knows(name) else {
                machine.write("sh: exec: line 0: \(name): not found\n", to: streams.error)
                return .finished(127)
            }
            return .become(child(.command(arguments), streams, machine))
        }
        return nil
    }

    /// `set -e`, `set +x`, `set -o pipefail`; everything after them takes the place of the arguments.
    mutating func setOptions(_ words: ArraySlice<String>) {
        var words = words
        while let word = words.first, word.hasPrefix("-") || word.hasPrefix("+"), word.count > 1 {
            words = words.dropFirst()
            if word == "--" {
                arguments = Array(arguments.prefix(1) + words)
                return
            }
            var changed = word.dropFirst().compactMap(Options.init(letter:))
            if word.contains("o"), let name = words.popFirst() { changed += [Options(name: name)].compactMap(\.self) }
            for option in changed {
                if word.hasPrefix("-") { options.insert(option) } else { options.remove(option) }
            }
        }
        if !words.isEmpty { arguments = Array(arguments.prefix(1) + words) }
    }

    mutating func exit(_ arguments: [String]) -> Pause? {
        status = (arguments.first.flatMap(Int.init) ?? status) & 255
        // A subshell ends alone.
        while let frame = stack.popLast() {
            if case .endOfCall(let arguments, let own) = frame { endCall(arguments, own) }
            guard case .restore = frame else { continue }
            stack.append(frame)
            return nil
        }
        isLeaving = true
        return .finished(status)
    }

    private mutating func evaluate(_ script: String, _ streams: Streams, _ machine: inout ShellMachine) {
        do throws(ShellSyntaxError) {
            stack.append(.run(try ShellParser.parse(script), streams))
        } catch {
            machine.write("sh: eval: syntax error: \(error.message)\n", to: streams.error)
            status = 2
        }
    }

    private mutating func kill(_ arguments: [String], _ streams: Streams, _ machine: inout ShellMachine) -> Pause? {
        let order = KillOrder(arguments)
        status = 0
        let running = Set(machine.context.processes.map(\.number))
        for target in order.targets where !running.contains(target) {
            machine.write("sh: can't kill pid \(target): No such process\n", to: streams.error)
            status = 1
        }
        return order.signal.map { .kill(order.targets, $0) }
    }

    private mutating func unwindLoop(isBreak: Bool) {
        while let frame = stack.popLast() {
            switch frame {
            case .forNext, .whileAgain:
                if !isBreak { stack.append(frame) }
                status = 0
                return
            case .endOfCall, .restore:
                stack.append(frame)
                return
            default: continue
            }
        }
    }

    private mutating func changeDirectory(_ path: String, _ streams: Streams, _ machine: inout ShellMachine) {
        let path = path == "-" ? variables["OLDPWD"] ?? directory : path
        let target = machine.absolute(path, from: directory)
        guard machine.context.files.node(at: target) == .directory else {
            machine.write("sh: cd: can't cd to \(path): No such file or directory\n", to: streams.error)
            status = 1
            return
        }
        variables["OLDPWD"] = directory
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
            if let number { traps[number] = arguments[0] == "-" ? nil : arguments[0] }
        }
        status = 0
    }

    /// Puts the words of a line that was read into variables, the last one taking the rest.
    mutating func assign(_ line: [UInt8]?, to names: [String]) {
        guard let line else {
            for name in names { variables[name] = "" }
            status = 1
            return
        }
        var text = String(decoding: line, as: UTF8.self)
        status = text.hasSuffix("\n") ? 0 : 1
        if status == 0 { text.removeLast() }
        let names = names.isEmpty ? ["REPLY"] : names
        let words = text.split(maxSplits: names.count - 1) { $0 == " " || $0 == "\t" }.map(String.init)
        for (index, name) in names.enumerated() { variables[name] = index < words.count ? words[index] : "" }
    }
}

/// Commands that change the shell itself or wait within it.
enum ShellBuiltin: String {
    case `break`, cd, `continue`, eval, exec, exit, export, kill, local, read, `return`, set, shift, trap, umask, unset, wait
}
