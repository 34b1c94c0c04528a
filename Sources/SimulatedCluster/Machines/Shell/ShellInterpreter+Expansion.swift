extension ShellInterpreter {
    /// No command's words become longer than this.
    private static let mostExpandedBytes = 64 << 20

    /// Whether the words of the command at hand, or all variables, take more than there is: few letters can double a text for ever.
    var isOverfull: Bool {
        if expandedBytes > Self.mostExpandedBytes { return true }
        // Small changes are not worth counting all.
        guard expandedBytes > 1 << 16 else { return false }
        return variables.values.reduce(expandedBytes) { $0 + $1.utf8.count } > Machine.mostAllocated
    }

    /// The words that one word becomes: variables and substitutions outside quotes are split, patterns name files.
    mutating func expand(_ word: ShellWord, _ machine: ShellMachine) -> [String] {
        var words: [String] = []
        var current = ""
        var isStarted = false
        for part in word.parts {
            switch part {
            case .text(let text, let isQuoted):
                current += text
                isStarted = isStarted || isQuoted || !text.isEmpty
            case .parameter(let parameter, isQuoted: true) where parameter.isAllArguments:
                for (index, argument) in arguments.dropFirst().enumerated() {
                    if index > 0 {
                        words.append(current)
                        current = ""
                    }
                    current += argument
                    isStarted = true
                    expandedBytes += argument.utf8.count + 64
                    guard expandedBytes <= Self.mostExpandedBytes else { return [] }
                }
            case .arithmetic, .parameter(_, isQuoted: true), .substitution(_, isQuoted: true):
                current += value(of: part, machine)
                isStarted = true
            case .parameter, .substitution:
                let text = value(of: part, machine)
                let pieces = text.split(whereSeparator: \.isWhitespace).map(String.init)
                if text.first?.isWhitespace == true, isStarted {
                    words.append(current)
                    current = ""
                    isStarted = false
                }
                for (index, piece) in pieces.enumerated() {
                    if index > 0 {
                        words.append(current)
                        current = ""
                    }
                    current += piece
                    isStarted = true
                }
                if text.last?.isWhitespace == true, !pieces.isEmpty {
                    words.append(current)
                    current = ""
                    isStarted = false
                }
            }
        }
        if isStarted { words.append(current) }
        guard word.plain != nil, words.count == 1, !ShellPattern(words[0]).isLiteral else { return words }
        let names = matching(words[0], machine)
        return names.isEmpty ? words : names
    }

    /// A word as one text, unsplit, as in assignments.
    mutating func text(of word: ShellWord, _ machine: ShellMachine) -> String {
        var text = ""
        for part in word.parts { text += value(of: part, machine) }
        return text
    }

    private mutating func value(of part: ShellWord.Part, _ machine: ShellMachine) -> String {
        guard expandedBytes <= Self.mostExpandedBytes else { return "" }
        let value =
            switch part {
            case .text(let text, _): text
            case .parameter(let parameter, _): value(of: parameter, machine)
            case .substitution: captured.isEmpty ? "" : captured.removeFirst()
            case .arithmetic(let expression): String(calculate(expression, machine))
            }
        expandedBytes += value.utf8.count
        return value
    }

    private mutating func calculate(_ expression: String, _ machine: ShellMachine) -> Int {
        do throws(ShellArithmetic.Failure) {
            return try ShellArithmetic.value(of: substituted(expression, machine), variables)
        } catch {
            problem = problem ?? "arithmetic: \(error.message)"
            return 0
        }
    }

    /// An expression with the values of what it names by a dollar, such as arguments.
    private mutating func substituted(_ expression: String, _ machine: ShellMachine) -> String {
        guard expression.contains("$"), let word = try? ShellLexer.word(of: expression, isQuoted: false), word.substitutions.isEmpty
        else { return expression }
        return text(of: word, machine)
    }

    private mutating func value(of parameter: ShellParameter, _ machine: ShellMachine) -> String {
        let value = variable(parameter.name, machine)
        let isThere = value.map { !(parameter.countsEmptyAsMissing && $0.isEmpty) } ?? false
        switch parameter.operation {
        case .value:
            if value == nil, options.contains(.nounset) { problem = problem ?? "\(parameter.name): parameter not set" }
            return value ?? ""
        case .length: return String((value ?? "").count)
        case .fallback(let text, let assigns):
            if isThere { return value ?? "" }
            let fallback = substituted(text, machine)
            if assigns { variables[parameter.name] = fallback }
            return fallback
        case .alternative(let text): return isThere ? substituted(text, machine) : ""
        case .trim(let pattern, let atEnd, let longest):
            return ShellPattern(substituted(pattern, machine)).trimming(value ?? "", atEnd: atEnd, longest: longest)
        case .required(let text):
            if !isThere { problem = problem ?? "\(parameter.name): \(text.isEmpty ? "parameter not set" : substituted(text, machine))" }
            return value ?? ""
        case .part(let from, let count):
            return part(of: value ?? "", from: calculate(from, machine), count: count.map { calculate($0, machine) })
        }
    }

    /// Numbers below zero count from the end.
    private func part(of text: String, from start: Int, count: Int?) -> String {
        let length = text.count
        let first = start < 0 ? max(0, length &+ start) : min(start, length)
        let end = count.map { $0 < 0 ? max(first, length &+ $0) : min(length, first + min($0, length)) } ?? length
        return String(text.dropFirst(first).prefix(max(0, end - first)))
    }

    private func variable(_ name: String, _ machine: ShellMachine) -> String? {
        switch name {
        case "?": String(status)
        case "!": lastJob.map(String.init)
        case "$": String(number)
        case "#": String(arguments.count - 1)
        case "@", "*": arguments.dropFirst().joined(separator: " ")
        case "PWD": directory
        case "RANDOM" where variables[name] == nil: String(machine.context.random.next(below: 32_768))
        default:
            if let index = Int(name) { index < arguments.count ? arguments[index] : nil } else { variables[name] }
        }
    }

    /// The files that a pattern in a path's last part names.
    private func matching(_ pattern: String, _ machine: ShellMachine) -> [String] {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        let parent = parts.dropLast().joined(separator: "/")
        let last = ShellPattern(String(parts.last ?? ""))
        let folder = machine.absolute(parent.isEmpty && !pattern.hasPrefix("/") ? "." : parent + "/", from: directory)
        let names = (try? machine.context.files.names(in: folder)) ?? []
        return names.filter { last.matches($0) && !$0.hasPrefix(".") }.map { parts.count > 1 ? "\(parent)/\($0)" : $0 }
    }
}
