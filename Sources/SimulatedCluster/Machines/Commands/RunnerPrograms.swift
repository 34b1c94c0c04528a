/// `xargs`: runs a command with the words that it reads.
struct XargsProgram: Program {
    private let options: ToolOptions
    private var input: [UInt8] = []
    /// What is still to be put into commands: words, or lines where each has a place to go to.
    private var rest: ArraySlice<String> = []
    private var isFirst = true
    private var code = 0

    init(words: [String]) {
        options = ToolOptions(Array(words.dropFirst()), flags: "0rtpx", valued: "EILnPs", stopsAtOperand: true)
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: return [.read(from: nil, .chunk, ticket: 0)]
        case .read(let bytes?, _):
            self.input += bytes
            return [.allocate(bytes: self.input.count), .read(from: nil, .chunk, ticket: 0)]
        case .read(nil, _):
            rest = texts[...]
            return next(context)
        case .childEnded(let code, _):
            if code != 0 { self.code = code == 255 ? 124 : 123 }
            return next(context)
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    private var texts: [String] {
        let text = String(decoding: input, as: UTF8.self)
        if options.value("I") != nil {
            return ShellTools.lines(of: text).map { String($0.drop { $0 == " " || $0 == "\t" }) }.filter { !$0.isEmpty }
        }
        return options.has("0") ? text.split(separator: "\0").map(String.init) : Self.words(of: text)
    }

    /// The command that comes next; each is made when it is its turn, for they may be many.
    private mutating func planned() -> [String]? {
        defer { isFirst = false }
        let command = options.operands.isEmpty ? ["echo"] : options.operands
        if let mark = options.value("I") {
            return rest.popFirst().map { line in command.map { $0.replacing(mark, with: line) } }
        }
        // Without any words the command runs once, unless it shouldn't.
        guard !rest.isEmpty else { return isFirst && !options.has("r") ? command : nil }
        let size = max(1, options.number("n") ?? options.number("L") ?? rest.count)
        defer { rest = rest.dropFirst(size) }
        return command + rest.prefix(size)
    }

    /// Quotes and backslashes keep blanks together.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var (word, isStarted) = ("", false)
        var quote: Character?
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "'" || character == "\"" {
                (quote, isStarted) = (character, true)
            } else if quote == nil, character == "\\", let next = rest.popFirst() {
                word.append(next)
                isStarted = true
            } else if quote == nil, character.isWhitespace {
                if isStarted { words.append(word) }
                (word, isStarted) = ("", false)
            } else {
                word.append(character)
                isStarted = true
            }
        }
        return isStarted ? words + [word] : words
    }

    private mutating func next(_ context: ProcessContext) -> [ProgramAction] {
        guard let words = planned(), let name = words.first else { return [.exit(code: code)] }
        guard CommandCatalog.knows(name) else {
            return [.line("xargs: \(name): No such file or directory", .standardError), .exit(code: 127)]
        }
        let child = Child(
            body: .command(words), environment: context.environment, directory: context.directory, input: .holding([]))
        return (options.has("t") ? [.line(words.joined(separator: " "), .standardError)] : []) + [.spawn(child, ticket: 0)]
    }
}

/// `timeout SECONDS COMMAND…`: ends a command that takes longer.
struct TimeoutProgram: Program {
    private enum Ticket {
        static let child = 0
        static let end = 1
        static let kill = 2
    }

    private let options: ToolOptions
    private var number: Int?

    init(words: [String]) {
        options = ToolOptions(Array(words.dropFirst()), flags: "v", valued: "ks", stopsAtOperand: true)
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: return start(context)
        case .spawned(let number, _):
            self.number = number
            return []
        case .wake(Ticket.end):
            let patience = options.value("k").flatMap { SleepProgram.duration(of: [$0]) }
            return send(KillOrder(["-" + (options.value("s") ?? "TERM")]).signal ?? .terminate)
                + (patience.map { [.wake(after: $0, ticket: Ticket.kill)] } ?? [])
        case .wake(Ticket.kill): return send(.kill)
        case .childEnded(let code, _): return [.exit(code: code)]
        case .signal(let signal): return send(signal)
        default: return []
        }
    }

    private func start(_ context: ProcessContext) -> [ProgramAction] {
        let words = Array(options.operands.dropFirst())
        guard let time = options.operands.first.flatMap({ SleepProgram.duration(of: [$0]) }), let name = words.first else {
            return [.line("Usage: timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS", .standardError), .exit(code: 1)]
        }
        guard CommandCatalog.knows(name) else {
            return [.line("timeout: can't execute '\(name)': No such file or directory", .standardError), .exit(code: 127)]
        }
        let child = Child(body: .command(words), environment: context.environment, directory: context.directory)
        return [.spawn(child, ticket: Ticket.child)] + (time > .zero ? [.wake(after: time, ticket: Ticket.end)] : [])
    }

    private func send(_ signal: Signal) -> [ProgramAction] {
        number.map { [.signal(signal, process: $0)] } ?? []
    }
}

/// `yes` and `seq`: write lines for as long as somebody takes them.
struct LinesProgram: Program {
    private static let chunk = 4096
    /// Nil at the end.
    private var next: () -> String?

    init?(words: [String]) {
        guard words.first?.hasSuffix("yes") == true else {
            guard let next = Self.numbers(Array(words.dropFirst())) else { return nil }
            self.next = next
            return
        }
        let line = (words.count > 1 ? words.dropFirst().joined(separator: " ") : "y") + "\n"
        next = { line }
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start, .flushed:
            var text = ""
            while text.utf8.count < Self.chunk {
                guard let line = next() else { return [.text(text), .exit(code: 0)] }
                text += line
            }
            return [.text(text), .flush(.standardOutput, ticket: 0)]
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    /// `seq [-w] [-s SEPARATOR] [FIRST [STEP]] LAST`
    private static func numbers(_ words: [String]) -> (() -> String?)? {
        var words = words[...]
        var (separator, isPadded) = ("\n", false)
        while let word = words.first, word.hasPrefix("-"), Double(word) == nil {
            words = words.dropFirst()
            if word.hasPrefix("-w") { isPadded = true }
            if word.hasPrefix("-s") { separator = word.count > 2 ? String(word.dropFirst(2)) : words.popFirst() ?? "\n" }
        }
        let numbers = words.compactMap(Double.init)
        guard !numbers.isEmpty, numbers.count == words.count, numbers.count <= 3, let last = numbers.last, last.magnitude < 1e15 else {
            return nil
        }
        let (first, step) = (numbers.count > 1 ? numbers[0] : 1, numbers.count > 2 ? numbers[1] : 1)
        guard step != 0, first.magnitude < 1e15 else { return nil }
        let width = isPadded ? [first, last].map { AwkValue.number($0).text().count }.max() ?? 0 : 0
        let total = max(0, ((last - first) / step + 1e-9).rounded(.down) + 1)
        var place = 0.0
        return {
            guard place < total else { return nil }
            let text = AwkValue.number(first + place * step).text()
            place += 1
            let zeros = String(repeating: "0", count: max(0, width - text.count))
            return zeros + text + (place < total ? separator : "\n")
        }
    }
}

/// `dd if=/dev/zero of=/dev/null`: keeps a processor busy until somebody ends it.
struct BusyProgram: Program {
    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start, .wake: [.work(.milliseconds(100), ticket: 0)]
        case .signal(let signal): context.defaultAction(for: signal)
        default: []
        }
    }
}
