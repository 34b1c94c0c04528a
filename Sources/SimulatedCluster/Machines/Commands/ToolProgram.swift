/// A small tool as a process: it reads its input to the end, when it wants any, and then does its work at once.
struct ToolProgram: Program {
    private let tool: ShellTools.Tool
    private let arguments: [String]
    private var input: [UInt8] = []

    init(tool: @escaping ShellTools.Tool, arguments: [String]) {
        self.tool = tool
        self.arguments = arguments
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: return run(nil, context)
        case .read(let bytes?, _):
            self.input += bytes
            return [.allocate(bytes: self.input.count), .read(from: nil, .chunk, ticket: 0)]
        case .read(nil, _): return run(self.input, context)
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    private func run(_ input: [UInt8]?, _ context: ProcessContext) -> [ProgramAction] {
        var call = ShellTools.Call(arguments: arguments, input: input, context: context)
        let code = tool(&call)
        // The first try tells whether the tool reads its input at all.
        if call.isEndless { return [.allocate(bytes: Machine.mostAllocated + 1)] }
        if call.wantsInput { return [.read(from: nil, .chunk, ticket: 0)] }
        return [.write(call.data, .standard(.standardOutput)), .text(call.output), .text(call.errors, .standardError), .exit(code: code)]
    }
}

/// `env NAME=VALUE COMMAND…`: goes on as another command with more variables.
struct EnvProgram: Program {
    private let assignments: [(name: String, value: String)]
    private let command: [String]

    init(words: [String]) {
        let options = words.dropFirst().prefix { $0.contains("=") }
        assignments = options.map { option in
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts[1])
        }
        command = Array(words.dropFirst(1 + options.count))
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        guard case .start = input else { return [] }
        guard CommandCatalog.knows(command[0]) else {
            return [.line("env: can't execute '\(command[0])': No such file or directory", .standardError), .exit(code: 127)]
        }
        let kept = context.environment.filter { variable in !assignments.contains { $0.name == variable.name } }
        return [.become(Child(body: .command(command), environment: kept + assignments, directory: context.directory))]
    }
}

struct SleepProgram: Program {
    private let words: [String]

    init(words: [String]) {
        self.words = words
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start:
            guard words.count > 1 else { return [.line("sleep: missing operand", .standardError), .exit(code: 1)] }
            guard let duration = Self.duration(of: Array(words.dropFirst())) else {
                return [.line("sleep: invalid number '\(words[1])'", .standardError), .exit(code: 1)]
            }
            return [.wake(after: duration, ticket: 0)]
        case .wake: return [.exit(code: 0)]
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    /// The sum; nil when one of the texts is no duration.
    static func duration(of texts: [String]) -> Duration? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        var sum = 0.0
        for text in texts {
            let unit = text.last.flatMap { units[$0] }
            guard let number = Double(unit == nil ? text : String(text.dropLast())), !number.isNaN, number >= 0 else { return nil }
            sum += number * (unit ?? 1)
        }
        // `sleep infinity` is as long as anything here lasts.
        return .milliseconds(Int(min(max(sum, 0), 3e9) * 1000))
    }
}
