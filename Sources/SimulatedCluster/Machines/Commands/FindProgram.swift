/// `find`: goes through directories, and tells what is there or runs a command for it.
struct FindProgram: Program {
    private enum Test {
        case name(ShellPattern)
        case type(Character)
        case print
        case execute([String])
    }

    private struct Failure: Error {
        let message: String
    }

    private var starts: [String] = []
    private var tests: [Test] = []
    private var deepest = Int.max
    private var problem: String?
    /// What is still to be looked at, and how many of the tests it has met.
    private var found: ArraySlice<String> = []
    private var met = 0
    private var code = 0

    init(words: [String]) {
        let arguments = words.dropFirst()
        starts = Array(arguments.prefix { !$0.hasPrefix("-") })
        do throws(Failure) {
            try read(arguments.dropFirst(starts.count))
        } catch {
            problem = error.message
        }
        if starts.isEmpty { starts = ["."] }
        let acts = tests.contains { if case .execute = $0 { true } else if case .print = $0 { true } else { false } }
        if !acts { tests.append(.print) }
    }

    private mutating func read(_ words: ArraySlice<String>) throws(Failure) {
        var rest = words
        while let word = rest.popFirst() {
            if word == "-print" {
                tests.append(.print)
                continue
            }
            guard ["-name", "-type", "-maxdepth", "-exec"].contains(word) else { throw Failure(message: "unrecognized: \(word)") }
            guard let value = rest.popFirst() else { throw Failure(message: "\(word) requires an argument") }
            switch word {
            case "-name": tests.append(.name(ShellPattern(value)))
            case "-type":
                guard let type = value.first, value.count == 1, "fdlc".contains(type) else {
                    throw Failure(message: "invalid argument '\(value)' to '-type'")
                }
                tests.append(.type(type))
            case "-maxdepth":
                guard let depth = Int(value), depth >= 0 else { throw Failure(message: "invalid number '\(value)'") }
                deepest = depth
            default:
                let command = [value] + rest.prefix { $0 != ";" }
                guard command.count <= rest.count else { throw Failure(message: "-exec requires an argument ending in ';'") }
                rest = rest.dropFirst(command.count)
                tests.append(.execute(command))
            }
        }
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: return start(context)
        case .childEnded(let code, _):
            // A command that fails is a test that isn't met.
            if code == 0 { met += 1 } else { nextFile() }
            return goOn(context)
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    private mutating func start(_ context: ProcessContext) -> [ProgramAction] {
        if let problem { return [.line("find: \(problem)", .standardError), .exit(code: 1)] }
        var actions: [ProgramAction] = []
        var paths: [String] = []
        for start in starts {
            if context.files.entry(at: context.absolute(start)) == nil {
                actions.append(.line("find: \(start): No such file or directory", .standardError))
                code = 1
            } else {
                walk(start, depth: 0, context, &paths)
            }
        }
        found = paths[...]
        return actions + goOn(context)
    }

    /// A directory comes before what is in it. Links are not followed.
    private func walk(_ path: String, depth: Int, _ context: ProcessContext, _ paths: inout [String]) {
        paths.append(path)
        let place = context.absolute(path)
        guard depth < deepest, context.files.entry(at: place) == .directory else { return }
        for name in (try? context.files.names(in: place)) ?? [] {
            walk(path.hasSuffix("/") ? path + name : path + "/" + name, depth: depth + 1, context, &paths)
        }
    }

    private mutating func nextFile() {
        found = found.dropFirst()
        met = 0
    }

    private mutating func goOn(_ context: ProcessContext) -> [ProgramAction] {
        var actions: [ProgramAction] = []
        while let path = found.first {
            // An earlier command may have removed it.
            guard met < tests.count, let entry = context.files.entry(at: context.absolute(path)) else {
                nextFile()
                continue
            }
            switch tests[met] {
            case .name(let pattern): isMet(pattern.matches(path.split(separator: "/").last.map(String.init) ?? "/"))
            case .type(let type): isMet(type == Self.type(of: entry))
            case .print:
                actions.append(.line(path))
                met += 1
            case .execute(let command):
                let words = command.map { $0.replacing("{}", with: path) }
                guard CommandCatalog.knows(words[0]) else {
                    actions.append(.line("find: \(words[0]): No such file or directory", .standardError))
                    nextFile()
                    continue
                }
                let child = Child(body: .command(words), environment: context.environment, directory: context.directory)
                return actions + [.spawn(child, ticket: 0)]
            }
        }
        return actions + [.exit(code: code)]
    }

    private mutating func isMet(_ holds: Bool) {
        if holds { met += 1 } else { nextFile() }
    }

    private static func type(of entry: FileTree.Node) -> Character {
        switch entry {
        case .directory: "d"
        case .file: "f"
        case .link: "l"
        case .null, .zero: "c"
        }
    }
}
