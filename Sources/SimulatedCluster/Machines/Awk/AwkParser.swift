/// Reads programs of awk, as POSIX has their grammar, but for commands in pipes.
struct AwkParser {
    private var tokens: ArraySlice<AwkLexer.Token>
    /// How many expressions and statements lie in each other; nobody writes programs that are deeper, and reading them takes stack.
    private var depth = 0
    private static let deepest = 60
    /// Within `print`, a greater-than leads to a file; within `for (`, `in` is the loop's own.
    private var takesGreater = true
    private var takesIn = true

    static func parse(_ text: String) throws(AwkFailure) -> AwkProgram {
        guard text.utf8.count <= 64 << 10 else { throw AwkFailure(message: "the program is too long") }
        var parser = AwkParser(tokens: try AwkLexer.tokens(of: text)[...])
        return try parser.program()
    }

    private init(tokens: ArraySlice<AwkLexer.Token>) {
        self.tokens = tokens
    }

    // MARK: Tokens

    private var current: AwkLexer.Token { tokens.first ?? .end }

    private func isSign(_ signs: String...) -> Bool {
        if case .sign(let sign) = current { signs.contains(sign) } else { false }
    }

    private mutating func take(_ sign: String) -> Bool {
        guard current == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func take(keyword: String) -> Bool {
        guard current == .keyword(keyword) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(_ sign: String) throws(AwkFailure) {
        guard take(sign) else { throw unexpected }
    }

    private mutating func name() throws(AwkFailure) -> String {
        switch tokens.popFirst() {
        case .name(let name), .function(let name): return name
        default: throw unexpected
        }
    }

    private var unexpected: AwkFailure { AwkFailure(message: "syntax error at \(current)") }

    private mutating func skipLines() {
        while current == .newline || isSign(";") { tokens.removeFirst() }
    }

    private mutating func skipNewlines() {
        while current == .newline { tokens.removeFirst() }
    }

    private mutating func nested<Result>(_ parse: (inout AwkParser) throws(AwkFailure) -> Result) throws(AwkFailure) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw AwkFailure(message: "the program is nested too deeply") }
        return try parse(&self)
    }

    // MARK: Rules

    private mutating func program() throws(AwkFailure) -> AwkProgram {
        var program = AwkProgram()
        skipLines()
        while current != .end {
            if take(keyword: "function") {
                let name = try name()
                program.functions[name] = try function()
            } else if take(keyword: "BEGIN") {
                program.beginnings.append(try block())
            } else if take(keyword: "END") {
                program.endings.append(try block())
            } else {
                program.rules.append(try rule())
            }
            skipLines()
        }
        return program
    }

    private mutating func function() throws(AwkFailure) -> AwkFunction {
        try expect("(")
        var parameters: [String] = []
        while !take(")") {
            parameters.append(try name())
            if !isSign(")") { try expect(",") }
            skipNewlines()
        }
        skipNewlines()
        return AwkFunction(parameters: parameters, body: try block())
    }

    private mutating func rule() throws(AwkFailure) -> AwkRule {
        var pattern = AwkRule.Pattern.always
        if !isSign("{") {
            let first = try expression()
            pattern = .condition(first)
            if take(",") {
                skipNewlines()
                pattern = .range(first, try expression())
            }
        }
        let action = isSign("{") ? try block() : .print([], isFormatted: false, to: nil)
        return AwkRule(pattern: pattern, action: action)
    }

    private mutating func block() throws(AwkFailure) -> AwkStatement {
        try nested { parser throws(AwkFailure) in
            try parser.expect("{")
            var statements: [AwkStatement] = []
            parser.skipLines()
            while !parser.take("}") {
                statements.append(try parser.statement())
                parser.skipLines()
            }
            return .block(statements)
        }
    }

    // MARK: Statements

    private mutating func statement() throws(AwkFailure) -> AwkStatement {
        try nested { parser throws(AwkFailure) in try parser.unnestedStatement() }
    }

    private mutating func unnestedStatement() throws(AwkFailure) -> AwkStatement {
        if isSign("{") { return try block() }
        if take(";") { return .block([]) }
        guard case .keyword(let keyword) = current, !["getline", "in"].contains(keyword) else { return try ended(try simple()) }
        switch keyword {
        case "if": return try conditional()
        case "while":
            tokens.removeFirst()
            let condition = try bracketed()
            return .loop(condition: condition, step: nil, body: try body(), testsFirst: true)
        case "do":
            tokens.removeFirst()
            let body = try body()
            skipLines()
            guard take(keyword: "while") else { throw unexpected }
            return try ended(.loop(condition: try bracketed(), step: nil, body: body, testsFirst: false))
        case "for": return try forLoop()
        default: return try ended(try simple())
        }
    }

    /// A statement ends with its line, a semicolon, or before the bracket that closes its block.
    private mutating func ended(_ statement: AwkStatement) throws(AwkFailure) -> AwkStatement {
        guard current == .newline || isSign(";", "}") || current == .end else { throw unexpected }
        if !isSign("}") && current != .end { tokens.removeFirst() }
        return statement
    }

    private mutating func body() throws(AwkFailure) -> AwkStatement {
        skipNewlines()
        return try statement()
    }

    private mutating func bracketed() throws(AwkFailure) -> AwkExpression {
        try expect("(")
        let condition = try whole()
        try expect(")")
        return condition
    }

    private mutating func conditional() throws(AwkFailure) -> AwkStatement {
        tokens.removeFirst()
        let condition = try bracketed()
        let body = try body()
        let rest = tokens
        skipLines()
        guard take(keyword: "else") else {
            tokens = rest
            return .conditional(condition, body, otherwise: nil)
        }
        return .conditional(condition, body, otherwise: try self.body())
    }

    private mutating func forLoop() throws(AwkFailure) -> AwkStatement {
        tokens.removeFirst()
        try expect("(")
        if case .name(let variable) = current, tokens.dropFirst().first == .keyword("in"),
            case .name(let array)? = tokens.dropFirst(2).first, tokens.dropFirst(3).first == .sign(")")
        {
            tokens.removeFirst(4)
            return .forEach(variable: variable, array: array, try body())
        }
        let start = isSign(";") ? AwkStatement.block([]) : try simple()
        try expect(";")
        skipNewlines()
        let condition = isSign(";") ? nil : try whole()
        try expect(";")
        skipNewlines()
        let step = isSign(")") ? nil : try simple()
        try expect(")")
        return .block([start, .loop(condition: condition, step: step, body: try body(), testsFirst: true)])
    }

    private mutating func simple() throws(AwkFailure) -> AwkStatement {
        guard case .keyword(let keyword) = current, !["getline", "in"].contains(keyword) else { return .expression(try expression()) }
        tokens.removeFirst()
        switch keyword {
        case "print", "printf": return try print(isFormatted: keyword == "printf")
        case "next": return .next
        case "break": return .leaveLoop
        case "continue": return .continueLoop
        case "exit": return .exit(try optional())
        case "return": return .giveBack(try optional())
        case "delete":
            let array = try name()
            guard take("[") else { return .delete(array: array, []) }
            let subscripts = try list()
            try expect("]")
            return .delete(array: array, subscripts)
        default: throw AwkFailure(message: "unexpected \(keyword)")
        }
    }

    private var endsStatement: Bool { current == .newline || current == .end || isSign(";", "}") }

    private mutating func optional() throws(AwkFailure) -> AwkExpression? {
        endsStatement ? nil : try expression()
    }

    private mutating func print(isFormatted: Bool) throws(AwkFailure) -> AwkStatement {
        let outer = takesGreater
        takesGreater = false
        defer { takesGreater = outer }
        var values = endsStatement || isSign(">", ">>") ? [] : try list()
        if values.count == 1, case .list(let inner) = values[0] { values = inner }
        if isSign("|") { throw AwkFailure(message: "commands can't be run from here") }
        guard isSign(">", ">>") else { return .print(values, isFormatted: isFormatted, to: nil) }
        let isAppended = isSign(">>")
        tokens.removeFirst()
        return .print(values, isFormatted: isFormatted, to: AwkTarget(name: try concatenation(), isAppended: isAppended))
    }

    // MARK: Expressions

    private mutating func list() throws(AwkFailure) -> [AwkExpression] {
        var values = [try expression()]
        while take(",") {
            skipNewlines()
            values.append(try expression())
        }
        return values
    }

    /// An expression within brackets, where every sign means what it is.
    private mutating func whole() throws(AwkFailure) -> AwkExpression {
        let outer = (takesGreater, takesIn)
        (takesGreater, takesIn) = (true, true)
        defer { (takesGreater, takesIn) = outer }
        return try expression()
    }

    private mutating func expression() throws(AwkFailure) -> AwkExpression {
        try nested { parser throws(AwkFailure) in
            let left = try parser.choice()
            guard case .sign(let sign) = parser.current, left.isAssignable else { return left }
            guard sign == "=" || sign == "**=" || sign.count == 2 && sign.hasSuffix("=") && "+-*/%^".contains(sign.first ?? " ") else {
                return left
            }
            parser.tokens.removeFirst()
            parser.skipNewlines()
            let operation = sign == "=" ? nil : AwkExpression.Operator(rawValue: sign == "**=" ? "^" : String(sign.dropLast()))
            return .assignment(to: left, operation, try parser.expression())
        }
    }

    private mutating func choice() throws(AwkFailure) -> AwkExpression {
        let condition = try either()
        guard take("?") else { return condition }
        skipNewlines()
        let first = try expression()
        skipNewlines()
        try expect(":")
        skipNewlines()
        return .choice(condition, first, try expression())
    }

    /// As many signs of one kind as one expression may have in a row: each makes its tree deeper.
    private static let longestChain = 200

    private mutating func chain(
        _ operand: (inout AwkParser) throws(AwkFailure) -> AwkExpression,
        _ link: (inout AwkParser, AwkExpression) throws(AwkFailure) -> AwkExpression?
    ) throws(AwkFailure) -> AwkExpression {
        var left = try operand(&self)
        var count = 0
        while let longer = try link(&self, left) {
            left = longer
            count += 1
            guard count <= Self.longestChain else { throw AwkFailure(message: "an expression is too long") }
        }
        return left
    }

    private mutating func either() throws(AwkFailure) -> AwkExpression {
        try chain { parser throws(AwkFailure) in
            try parser.both()
        } _: { parser, left throws(AwkFailure) in
            guard parser.take("||") else { return nil }
            parser.skipNewlines()
            return .either(left, try parser.both())
        }
    }

    private mutating func both() throws(AwkFailure) -> AwkExpression {
        try chain { parser throws(AwkFailure) in
            try parser.membership()
        } _: { parser, left throws(AwkFailure) in
            guard parser.take("&&") else { return nil }
            parser.skipNewlines()
            return .both(left, try parser.membership())
        }
    }

    private mutating func membership() throws(AwkFailure) -> AwkExpression {
        try chain { parser throws(AwkFailure) in
            try parser.matching()
        } _: { parser, left throws(AwkFailure) in
            guard parser.takesIn, parser.take(keyword: "in") else { return nil }
            if case .list(let subscripts) = left { return .membership(subscripts, array: try parser.name()) }
            return .membership([left], array: try parser.name())
        }
    }

    private mutating func matching() throws(AwkFailure) -> AwkExpression {
        try chain { parser throws(AwkFailure) in
            try parser.comparison()
        } _: { parser, left throws(AwkFailure) in
            guard parser.isSign("~", "!~") else { return nil }
            let isNegated = parser.isSign("!~")
            parser.tokens.removeFirst()
            return .match(left, try parser.comparison(), isNegated: isNegated)
        }
    }

    private mutating func comparison() throws(AwkFailure) -> AwkExpression {
        let left = try concatenation()
        guard case .sign(let sign) = current, ["<", "<=", "==", "!=", ">", ">="].contains(sign), sign != ">" || takesGreater,
            let operation = AwkExpression.Operator(rawValue: sign)
        else { return left }
        tokens.removeFirst()
        return .binary(operation, left, try concatenation())
    }

    private mutating func concatenation() throws(AwkFailure) -> AwkExpression {
        var parts = [try sum()]
        while startsOperand { parts.append(try sum()) }
        return parts.count == 1 ? parts[0] : .concatenation(parts)
    }

    private var startsOperand: Bool {
        switch current {
        case .number, .text, .name, .function: true
        case .sign(let sign): ["$", "(", "!", "++", "--"].contains(sign)
        default: false
        }
    }

    private mutating func sum() throws(AwkFailure) -> AwkExpression {
        try chain { parser throws(AwkFailure) in
            try parser.product()
        } _: { parser, left throws(AwkFailure) in
            guard parser.isSign("+", "-") else { return nil }
            let operation = parser.isSign("+") ? AwkExpression.Operator.plus : .minus
            parser.tokens.removeFirst()
            return .binary(operation, left, try parser.product())
        }
    }

    private mutating func product() throws(AwkFailure) -> AwkExpression {
        try chain { parser throws(AwkFailure) in
            try parser.unary()
        } _: { parser, left throws(AwkFailure) in
            guard case .sign(let sign) = parser.current, ["*", "/", "%"].contains(sign),
                let operation = AwkExpression.Operator(rawValue: sign)
            else { return nil }
            parser.tokens.removeFirst()
            return .binary(operation, left, try parser.unary())
        }
    }

    private mutating func unary() throws(AwkFailure) -> AwkExpression {
        try nested { parser throws(AwkFailure) in
            if parser.take("!") { return .not(try parser.unary()) }
            if parser.take("-") { return .negation(try parser.unary()) }
            if parser.take("+") { return .identity(try parser.unary()) }
            let base = try parser.postfix()
            guard parser.isSign("^", "**") else { return base }
            parser.tokens.removeFirst()
            return .binary(.power, base, try parser.unary())
        }
    }

    private mutating func postfix() throws(AwkFailure) -> AwkExpression {
        if isSign("++", "--") {
            let step = isSign("++") ? 1.0 : -1.0
            tokens.removeFirst()
            let target = try primary()
            guard target.isAssignable else { throw unexpected }
            return .step(target, by: step, givesNew: true)
        }
        let value = try primary()
        guard value.isAssignable, isSign("++", "--") else { return value }
        let step = isSign("++") ? 1.0 : -1.0
        tokens.removeFirst()
        return .step(value, by: step, givesNew: false)
    }

    private mutating func primary() throws(AwkFailure) -> AwkExpression {
        let token = tokens.popFirst() ?? .end
        switch token {
        case .number(let value): return .number(value)
        case .text(let text): return .text(text)
        case .pattern(let pattern): return .pattern(pattern)
        case .function(let name): return .call(name, try arguments(of: name))
        case .name(let name):
            guard take("[") else { return .variable(name) }
            let subscripts = try subscripts()
            try expect("]")
            return .element(array: name, subscripts)
        case .keyword("getline"): return try nested { parser throws(AwkFailure) in try parser.readLine() }
        case .sign("$"):
            return try nested { parser throws(AwkFailure) in
                if parser.isSign("++", "--") { return .field(try parser.postfix()) }
                if parser.take("-") { return .field(.negation(try parser.primary())) }
                return .field(try parser.primary())
            }
        case .sign("("):
            let values = try nested { parser throws(AwkFailure) in try parser.subscripts() }
            skipNewlines()
            try expect(")")
            // What stands in brackets is a value: nothing can be assigned to it.
            return values.count > 1 ? .list(values) : values[0].isAssignable ? .concatenation(values) : values[0]
        default:
            tokens = [token] + tokens
            throw unexpected
        }
    }

    /// Values with commas between them, within brackets of their own.
    private mutating func subscripts() throws(AwkFailure) -> [AwkExpression] {
        let outer = (takesGreater, takesIn)
        (takesGreater, takesIn) = (true, true)
        defer { (takesGreater, takesIn) = outer }
        skipNewlines()
        return try list()
    }

    private mutating func arguments(of name: String) throws(AwkFailure) -> [AwkExpression] {
        guard take("(") else {
            // Only this one has none, not even brackets.
            guard name == "length" else { throw unexpected }
            return []
        }
        skipNewlines()
        if take(")") { return [] }
        let values = try nested { parser throws(AwkFailure) in try parser.subscripts() }
        skipNewlines()
        try expect(")")
        return values
    }

    private mutating func readLine() throws(AwkFailure) -> AwkExpression {
        var target: AwkExpression?
        switch current {
        case .name, .sign("$"): target = try primary()
        default: break
        }
        return .readLine(into: target, file: take("<") ? try primary() : nil)
    }
}
