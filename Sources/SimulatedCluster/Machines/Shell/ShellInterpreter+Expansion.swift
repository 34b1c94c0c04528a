extension ShellInterpreter {
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
        switch part {
        case .text(let text, _): text
        case .parameter(let parameter, _): value(of: parameter, machine)
        case .substitution: captured.isEmpty ? "" : captured.removeFirst()
        case .arithmetic(let expression): String(ShellArithmetic(substituted(expression, machine), variables).value)
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
        case .value: return value ?? ""
        case .length: return String((value ?? "").count)
        case .fallback(let text, let assigns):
            if isThere { return value ?? "" }
            if assigns { variables[parameter.name] = text }
            return text
        case .alternative(let text): return isThere ? text : ""
        case .trim(let pattern, let atEnd, let longest):
            return ShellPattern(pattern).trimming(value ?? "", atEnd: atEnd, longest: longest)
        }
    }

    private func variable(_ name: String, _ machine: ShellMachine) -> String? {
        switch name {
        case "?": String(status)
        case "!": lastJob.map(String.init)
        case "$": String(number)
        case "#": String(arguments.count - 1)
        case "@", "*": arguments.dropFirst().joined(separator: " ")
        case "PWD": directory
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

/// `$((…))`: whole numbers with the usual precedence.
struct ShellArithmetic {
    let value: Int

    init(_ text: String, _ variables: [String: String]) {
        var parser = Parser(text: Array(text.filter { !$0.isWhitespace })[...], variables: variables)
        value = parser.sum()
    }

    private struct Parser {
        var text: ArraySlice<Character>
        let variables: [String: String]

        mutating func sum() -> Int {
            var value = product()
            while let sign = text.first, sign == "+" || sign == "-" {
                text.removeFirst()
                let right = product()
                value = sign == "+" ? value &+ right : value &- right
            }
            return value
        }

        mutating func product() -> Int {
            var value = operand()
            while let sign = text.first, "*/%".contains(sign) {
                text.removeFirst()
                let right = operand()
                switch sign {
                case "*": value = value &* right
                case "/": value = right == 0 ? 0 : value / right
                default: value = right == 0 ? 0 : value % right
                }
            }
            return value
        }

        mutating func operand() -> Int {
            if text.first == "(" {
                text.removeFirst()
                defer { if text.first == ")" { text.removeFirst() } }
                return sum()
            }
            if text.first == "-" {
                text.removeFirst()
                return -operand()
            }
            if text.first == "$" { text.removeFirst() }
            let word = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            text = text.dropFirst(word.count)
            return Int(word) ?? variables[word].flatMap { Int($0) } ?? 0
        }
    }
}
