/// Reads a script of the shell's everyday language.
struct ShellParser {
    private var tokens: ArraySlice<ShellLexer.Token>
    /// How many commands lie in each other.
    private var depth = 0
    /// Nobody writes scripts that are deeper, and reading them takes stack.
    static let maximumDepth = 200

    static func parse(_ script: String) throws(ShellSyntaxError) -> ShellNode {
        var parser = ShellParser(try ShellLexer.tokens(of: script)[...])
        let node = try parser.list(until: [])
        guard parser.tokens.isEmpty else { throw parser.unexpected() }
        return node
    }

    private init(_ tokens: ArraySlice<ShellLexer.Token>) {
        self.tokens = tokens
    }

    private func unexpected() -> ShellSyntaxError {
        switch tokens.first {
        case .op(let text): ShellSyntaxError(message: "unexpected \"\(text == "\n" ? "newline" : text)\"")
        case .word(let word): ShellSyntaxError(message: "unexpected \"\(word.plain ?? "word")\"")
        case .number(let number): ShellSyntaxError(message: "unexpected \"\(number)\"")
        case nil: ShellSyntaxError(message: "unexpected end of file", isIncomplete: true)
        }
    }

    private func isOperator(_ text: String) -> Bool {
        if case .op(text) = tokens.first { true } else { false }
    }

    private var keyword: String? {
        if case .word(let word) = tokens.first { word.plain } else { nil }
    }

    private mutating func skip(_ operators: Set<String>) {
        while case .op(let text) = tokens.first, operators.contains(text) { tokens.removeFirst() }
    }

    private mutating func expect(keyword text: String) throws(ShellSyntaxError) {
        guard keyword == text else { throw unexpected() }
        tokens.removeFirst()
    }

    /// Commands up to one of the keywords or a closing bracket, which stays.
    private mutating func list(until keywords: Set<String>) throws(ShellSyntaxError) -> ShellNode {
        var nodes: [ShellNode] = []
        skip([";", "\n"])
        while !tokens.isEmpty, !isOperator(")"), !isOperator(";;"), !(keyword.map(keywords.contains) ?? false) {
            var node = try andOr()
            if isOperator("&") {
                tokens.removeFirst()
                node = .background(node)
            } else if !tokens.isEmpty, !isOperator(";"), !isOperator("\n"), !isOperator(")"), !isOperator(";;") {
                throw unexpected()
            }
            nodes.append(node)
            skip([";", "\n"])
        }
        return .sequence(nodes)
    }

    private mutating func andOr() throws(ShellSyntaxError) -> ShellNode {
        let first = try pipeline()
        var links: [ShellNode.Link] = []
        while isOperator("&&") || isOperator("||") {
            let isAnd = isOperator("&&")
            tokens.removeFirst()
            skip(["\n"])
            links.append(ShellNode.Link(runsAfterSuccess: isAnd, node: try pipeline()))
        }
        return links.isEmpty ? first : .chain(first, links)
    }

    private mutating func pipeline() throws(ShellSyntaxError) -> ShellNode {
        let isNegated = keyword == "!"
        if isNegated { tokens.removeFirst() }
        var stages = [try command()]
        while isOperator("|") {
            tokens.removeFirst()
            skip(["\n"])
            stages.append(try command())
        }
        return stages.count == 1 && !isNegated ? stages[0] : .pipeline(stages, isNegated: isNegated)
    }

    /// A command with what is redirected for all of it.
    private mutating func command() throws(ShellSyntaxError) -> ShellNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw ShellSyntaxError(message: "commands are nested too deeply") }
        let command = try unredirected()
        if case .simple = command { return command }
        var redirections: [ShellRedirection] = []
        while let token = tokens.first {
            if case .number(let number) = token {
                tokens.removeFirst()
                redirections.append(try redirection(number))
            } else if case .op(let text) = token, text.hasPrefix(">") || text.hasPrefix("<") {
                redirections.append(try redirection(text.hasPrefix("<") ? 0 : 1))
            } else {
                break
            }
        }
        return redirections.isEmpty ? command : .redirected(command, redirections)
    }

    private mutating func unredirected() throws(ShellSyntaxError) -> ShellNode {
        if isOperator("(") {
            tokens.removeFirst()
            let body = try list(until: [])
            guard isOperator(")") else { throw unexpected() }
            tokens.removeFirst()
            return .group(body, isSubshell: true)
        }
        switch keyword {
        case "{":
            tokens.removeFirst()
            let body = try list(until: ["}"])
            try expect(keyword: "}")
            return .group(body, isSubshell: false)
        case "for": return try forLoop()
        case "while", "until": return try whileLoop()
        case "if": return try conditional()
        case "case": return try choice()
        default:
            if let function = try function() { return function }
            return try simple()
        }
    }

    /// `NAME() COMPOUND`; nil when no such thing comes.
    private mutating func function() throws(ShellSyntaxError) -> ShellNode? {
        guard let name = keyword, tokens.count > 2, case .op("(") = tokens[tokens.startIndex + 1],
            case .op(")") = tokens[tokens.startIndex + 2]
        else { return nil }
        tokens.removeFirst(3)
        skip(["\n"])
        let body = try command()
        if case .simple = body { throw ShellSyntaxError(message: "\(name): the body of a function is a compound command") }
        return .function(name: name, body: body)
    }

    private mutating func body() throws(ShellSyntaxError) -> ShellNode {
        skip([";", "\n"])
        try expect(keyword: "do")
        let body = try list(until: ["done"])
        try expect(keyword: "done")
        return body
    }

    private mutating func forLoop() throws(ShellSyntaxError) -> ShellNode {
        tokens.removeFirst()
        guard let variable = keyword else { throw unexpected() }
        tokens.removeFirst()
        var words = [ShellWord(parts: [.parameter(ShellParameter("@"), isQuoted: true)])]
        if keyword == "in" {
            words = []
            tokens.removeFirst()
            while case .word(let word) = tokens.first {
                words.append(word)
                tokens.removeFirst()
            }
        }
        return .forLoop(variable: variable, words: words, body: try body())
    }

    private mutating func whileLoop() throws(ShellSyntaxError) -> ShellNode {
        let isUntil = keyword == "until"
        tokens.removeFirst()
        let condition = try list(until: ["do"])
        return .whileLoop(condition: condition, body: try body(), isUntil: isUntil)
    }

    private mutating func conditional() throws(ShellSyntaxError) -> ShellNode {
        var branches: [(condition: ShellNode, body: ShellNode)] = []
        var otherwise: ShellNode?
        while keyword == "if" || keyword == "elif" {
            tokens.removeFirst()
            let condition = try list(until: ["then"])
            try expect(keyword: "then")
            branches.append((condition, try list(until: ["elif", "else", "fi"])))
        }
        if keyword == "else" {
            tokens.removeFirst()
            otherwise = try list(until: ["fi"])
        }
        try expect(keyword: "fi")
        return .conditional(branches: branches, otherwise: otherwise)
    }

    private mutating func choice() throws(ShellSyntaxError) -> ShellNode {
        tokens.removeFirst()
        guard case .word(let word) = tokens.popFirst() else { throw unexpected() }
        try expect(keyword: "in")
        var branches: [(patterns: [ShellWord], body: ShellNode)] = []
        skip(["\n", ";"])
        while keyword != "esac" {
            skip(["("])
            var patterns: [ShellWord] = []
            while case .word(let pattern) = tokens.first {
                patterns.append(pattern)
                tokens.removeFirst()
                skip(["|"])
            }
            guard isOperator(")") else { throw unexpected() }
            tokens.removeFirst()
            branches.append((patterns, try list(until: ["esac"])))
            skip([";;", "\n"])
        }
        try expect(keyword: "esac")
        return .choice(word: word, branches: branches)
    }

    private mutating func simple() throws(ShellSyntaxError) -> ShellNode {
        var command = ShellCommand()
        loop: while let token = tokens.first {
            switch token {
            case .word(let word):
                tokens.removeFirst()
                if command.words.isEmpty, let assignment = Self.assignment(word) {
                    command.assignments.append(assignment)
                } else {
                    command.words.append(word)
                }
            case .number(let number):
                tokens.removeFirst()
                command.redirections.append(try redirection(number))
            case .op(let text) where text.hasPrefix(">") || text.hasPrefix("<"):
                command.redirections.append(try redirection(text.hasPrefix("<") ? 0 : 1))
            case .op: break loop
            }
        }
        if command.words.isEmpty, command.assignments.isEmpty, command.redirections.isEmpty { throw unexpected() }
        return .simple(command)
    }

    private mutating func redirection(_ descriptor: Int) throws(ShellSyntaxError) -> ShellRedirection {
        guard case .op(let text) = tokens.popFirst() else { throw unexpected() }
        let kinds: [String: ShellRedirection.Kind] = [
            ">": .output, ">>": .append, "<": .input, "<<": .document, "<<-": .document, ">&": .duplicate, "<&": .duplicate,
        ]
        guard let kind = kinds[text] else { throw unexpected() }
        switch tokens.popFirst() {
        case .word(let word): return ShellRedirection(descriptor: descriptor, kind: kind, target: word)
        case .number(let number):
            return ShellRedirection(descriptor: descriptor, kind: kind, target: ShellWord(parts: [.text(String(number), isQuoted: false)]))
        default: throw unexpected()
        }
    }

    private static func assignment(_ word: ShellWord) -> (name: String, value: ShellWord)? {
        guard case .text(let text, false) = word.parts.first, let equals = text.firstIndex(of: "=") else { return nil }
        let name = text[..<equals]
        guard let first = name.first, first.isLetter || first == "_", name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else { return nil }
        let value = String(text[text.index(after: equals)...])
        return (String(name), ShellWord(parts: [.text(value, isQuoted: true)] + word.parts.dropFirst()))
    }
}
