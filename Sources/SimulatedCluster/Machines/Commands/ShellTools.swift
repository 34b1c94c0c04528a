import KubernetesModel

/// The small tools of the shell image: each reads, writes and ends at once.
enum ShellTools {
    /// One use of a tool.
    struct Call {
        let arguments: [String]
        /// Nil until the input was read.
        let input: [UInt8]?
        let context: ProcessContext
        /// What is written first, bytes that needn't be text.
        var data: [UInt8] = []
        var output = ""
        var errors = ""
        /// Set when the tool can't go on without its input.
        private(set) var wantsInput = false
        /// Set when it reads what has no end: it takes all memory there is.
        private(set) var isEndless = false

        init(arguments: [String], input: [UInt8]?, context: ProcessContext) {
            self.arguments = arguments
            self.input = input
            self.context = context
        }

        var options: [String] { arguments.filter { $0.hasPrefix("-") && $0.count > 1 } }
        var operands: [String] { arguments.filter { !$0.hasPrefix("-") || $0 == "-" } }

        func has(_ option: Character) -> Bool { options.contains { !$0.hasPrefix("--") && $0.contains(option) } }

        func path(_ text: String) -> String { context.absolute(text) }

        /// The text of files, or of the input when none is named; nil after an error, which is told.
        mutating func text(of files: [String], tool: String) -> String? {
            bytes(of: files, tool: tool).map { String(decoding: $0, as: UTF8.self) }
        }

        mutating func bytes(of files: [String], tool: String) -> [UInt8]? {
            var bytes: [UInt8] = []
            for file in files.isEmpty ? ["-"] : files {
                if file == "-" {
                    guard let input else {
                        wantsInput = true
                        return nil
                    }
                    bytes += input
                    continue
                }
                if context.files.node(at: path(file)) == .zero {
                    isEndless = true
                    return nil
                }
                do throws(FileSystem.Failure) {
                    bytes += try context.files.bytes(of: path(file))
                } catch {
                    errors += "\(tool): can't open '\(file)': \(error.rawValue)\n"
                    return nil
                }
            }
            return bytes
        }
    }

    typealias Tool = @Sendable (inout Call) -> Int

    static let all: [String: Tool] = [
        fileTools, copyTools, textTools, lineTools, sortTools, grepTools, byteTools, printTools, sedTools, awkTools, systemTools,
        machineTools,
    ]
    .reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    /// What a shell runs within itself.
    static let inline = all.filter { ["echo", "printf", "pwd", "test", "[", ":", "true", "false"].contains($0.key) }

    private static let systemTools: [String: Tool] = [
        ":": { _ in 0 }, "true": { _ in 0 }, "false": { _ in 1 },
        "env": { call in
            call.output = environment(call)
            return 0
        },
        "printenv": { call in
            guard let name = call.operands.first else {
                call.output = environment(call)
                return 0
            }
            guard let value = call.context[variable: name] else { return 1 }
            call.output = value + "\n"
            return 0
        },
        "hostname": { call in
            let name = call.has("f") ? wholeHostname(call.context) : call.context.hostname
            call.output = (call.has("i") ? call.context.address?.description ?? "" : name) + "\n"
            return 0
        },
        "id": { call in
            let (user, group) = (call.context.user, call.context.group)
            let names = (user == 0 ? "0(root)" : String(user), group == 0 ? "0(root)" : String(group))
            call.output =
                (call.has("u") ? "\(user)" : call.has("g") ? "\(group)" : "uid=\(names.0) gid=\(names.1) groups=\(names.1)") + "\n"
            return 0
        },
        "whoami": { call in
            call.output = call.context.user == 0 ? "root\n" : "whoami: unknown uid \(call.context.user)\n"
            return call.context.user == 0 ? 0 : 1
        },
        "ps": { call in
            call.output = "PID   USER     TIME  COMMAND\n"
            for process in call.context.processes {
                let number = String(process.number)
                call.output += String(repeating: " ", count: max(0, 5 - number.count)) + number + " root      0:00 \(process.command)\n"
            }
            return 0
        },
        "date": { call in
            let format = call.arguments.first { $0.hasPrefix("+") }
            call.output = CalendarText(call.context.now).text(format.map { String($0.dropFirst()) } ?? "%a %b %e %H:%M:%S UTC %Y") + "\n"
            return 0
        },
        "nproc": { call in
            call.output = "\(call.context.machine.processors)\n"
            return 0
        },
        "which": { call in
            let known = call.operands.filter { CommandCatalog.knows($0) }
            call.output = joined(known.map { $0.contains("/") ? $0 : "/bin/\($0)" })
            return known.count == call.operands.count ? 0 : 1
        },
        "pwd": { call in
            call.output = call.context.directory + "\n"
            return 0
        },
        "uname": { call in
            call.output = call.has("a") ? "Linux \(call.context.hostname) 6.1.0 #1 SMP x86_64 GNU/Linux\n" : "Linux\n"
            return 0
        },
        "stty": { call in
            guard let size = call.context.terminal else {
                call.errors = "stty: standard input: Not a tty\n"
                return 1
            }
            call.output = call.arguments.contains("size") ? "\(size.height) \(size.width)\n" : "speed 38400 baud; line = 0;\n"
            return 0
        },
        "basename": { call in
            guard let path = call.operands.first else { return 1 }
            var name = path.split(separator: "/").last.map(String.init) ?? "/"
            if call.operands.count > 1, name.hasSuffix(call.operands[1]) { name.removeLast(call.operands[1].count) }
            call.output = name + "\n"
            return 0
        },
        "dirname": { call in
            guard let path = call.operands.first else { return 1 }
            let parts = path.split(separator: "/").dropLast().joined(separator: "/")
            call.output = (path.hasPrefix("/") ? "/" + parts : parts.isEmpty ? "." : parts) + "\n"
            return 0
        },
        "tty": { call in
            call.output = call.context.terminal == nil ? "not a tty\n" : "/dev/pts/0\n"
            return call.context.terminal == nil ? 1 : 0
        },
        "test": { call in condition(call, call.arguments) ? 0 : 1 },
        "[": { call in condition(call, call.arguments.last == "]" ? Array(call.arguments.dropLast()) : call.arguments) ? 0 : 1 },
    ]

    /// The name that the file of hosts has first.
    private static func wholeHostname(_ context: ProcessContext) -> String {
        let lines = ((try? context.files.read("/etc/hosts")) ?? "").split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        let own = lines.first { $0.dropFirst().contains { $0 == context.hostname } }
        return own.flatMap { $0.dropFirst().first.map(String.init) } ?? context.hostname
    }

    private static func environment(_ call: Call) -> String {
        call.context.environment.map { "\($0.name)=\($0.value)\n" }.joined()
    }

    private static func condition(_ call: Call, _ arguments: [String]) -> Bool {
        // Of few words the first or the second says what is meant, whatever the others are.
        if arguments.count == 2 || arguments.count == 3 && comparisons.contains(arguments[1]) { return term(call, arguments[...]) }
        return arguments.split(separator: "-o", omittingEmptySubsequences: false).contains { alternative in
            alternative.split(separator: "-a", omittingEmptySubsequences: false).allSatisfy { term(call, $0) }
        }
    }

    private static let comparisons: Set = ["=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"]

    private static func term(_ call: Call, _ words: ArraySlice<String>) -> Bool {
        let rest = words.count == 1 ? words : words.drop { $0 == "!" }
        let isNegated = (words.count - rest.count) % 2 == 1
        let arguments = Array(rest)
        let holds =
            switch arguments.count {
            case 1: !arguments[0].isEmpty
            case 2: unary(call, arguments[0], arguments[1])
            case 3: binary(arguments[0], arguments[1], arguments[2])
            default: false
            }
        return holds != isNegated
    }

    private static func unary(_ call: Call, _ operation: String, _ operand: String) -> Bool {
        let node = call.context.files.node(at: call.path(operand))
        switch operation {
        case "-n": return !operand.isEmpty
        case "-z": return operand.isEmpty
        case "-e", "-r": return node != nil
        case "-d": return node == .directory
        case "-L", "-h": if case .link = call.context.files.entry(at: call.path(operand)) { return true } else { return false }
        case "-f": return node != nil && node != .directory
        case "-s": return ((try? call.context.files.read(call.path(operand))) ?? "").isEmpty == false
        default: return false
        }
    }

    private static func binary(_ left: String, _ operation: String, _ right: String) -> Bool {
        let numbers = (Int(left) ?? 0, Int(right) ?? 0)
        switch operation {
        case "=", "==": return left == right
        case "!=": return left != right
        case "-eq": return numbers.0 == numbers.1
        case "-ne": return numbers.0 != numbers.1
        case "-lt": return numbers.0 < numbers.1
        case "-le": return numbers.0 <= numbers.1
        case "-gt": return numbers.0 > numbers.1
        case "-ge": return numbers.0 >= numbers.1
        default: return false
        }
    }
}
