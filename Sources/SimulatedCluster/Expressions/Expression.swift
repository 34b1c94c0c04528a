import KubernetesModel

/// An expression of the Common Expression Language, as custom resources and admission policies carry them.
indirect enum Expression: Hashable {
    case literal(JSONValue)
    case list([Expression])
    case map([ExpressionEntry])
    case name(String)
    case member(Expression, String)
    case element(Expression, Expression)
    /// A function, or a method when it has a receiver.
    case call(String, receiver: Expression?, [Expression])
    /// `list.all(name, condition)` and its like.
    case quantifier(String, over: Expression, [String], [Expression])
    case has(Expression, String)
    case conditional(Expression, Expression, Expression)
    case unary(String, Expression)
    case binary(String, Expression, Expression)
}

struct ExpressionEntry: Hashable {
    let key: Expression
    let value: Expression
}

extension Expression {
    init(_ text: String) throws(ExpressionError) {
        var parser = ExpressionParser(tokens: try ExpressionLexer.tokens(of: text))
        self = try parser.expression()
        try parser.expectEnd()
    }
}

/// Reads expressions by precedence: `?:`, `||`, `&&`, relations, `+ -`, `* / %`, signs, members.
struct ExpressionParser {
    private let tokens: [ExpressionToken]
    private var position = 0
    private var depth = 0
    /// Operators and members in a row make the tree as deep as there are of them.
    private var links = 0

    private static let levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]]
    private static let quantifiers: Set = ["all", "exists", "exists_one", "existsOne", "filter", "map"]
    private static let maximumDepth = 60
    private static let maximumLinks = 400

    init(tokens: [ExpressionToken]) {
        self.tokens = tokens
    }

    private var current: ExpressionToken { tokens[position] }

    private mutating func accept(_ symbol: String) -> Bool {
        guard current == .symbol(symbol) || current == .identifier(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ symbol: String) throws(ExpressionError) {
        guard accept(symbol) else { throw unexpected }
    }

    func expectEnd() throws(ExpressionError) {
        guard current == .end else { throw unexpected }
    }

    private var unexpected: ExpressionError {
        switch current {
        case .end: ExpressionError("Syntax error: mismatched input '<EOF>'")
        case .identifier(let name): ExpressionError("Syntax error: mismatched input '\(name)'")
        case .symbol(let symbol): ExpressionError("Syntax error: mismatched input '\(symbol)'")
        default: ExpressionError("Syntax error: mismatched input")
        }
    }

    mutating func expression() throws(ExpressionError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { throw ExpressionError("the expression is nested too deeply") }
        let condition = try binary(0)
        guard accept("?") else { return condition }
        let yes = try expression()
        try expect(":")
        return .conditional(condition, yes, try expression())
    }

    private mutating func binary(_ level: Int) throws(ExpressionError) -> Expression {
        guard level < Self.levels.count else { return try unary() }
        var left = try binary(level + 1)
        while let sign = Self.levels[level].first(where: { current == .symbol($0) || ($0 == "in" && current == .identifier("in")) }) {
            position += 1
            try countLink()
            left = .binary(sign, left, try binary(level + 1))
        }
        return left
    }

    private mutating func countLink() throws(ExpressionError) {
        links += 1
        guard links <= Self.maximumLinks else { throw ExpressionError("the expression is too long") }
    }

    private mutating func unary() throws(ExpressionError) -> Expression {
        for sign in ["!", "-"] where accept(sign) {
            depth += 1
            defer { depth -= 1 }
            guard depth < Self.maximumDepth else { throw ExpressionError("the expression is nested too deeply") }
            return .unary(sign, try unary())
        }
        return try postfix(try primary())
    }

    private mutating func postfix(_ start: Expression) throws(ExpressionError) -> Expression {
        var expression = start
        while true {
            if accept("[") {
                try countLink()
                expression = .element(expression, try self.expression())
                try expect("]")
            } else if accept(".") {
                try countLink()
                let isOptional = accept("?")
                guard case .identifier(let name) = current else { throw unexpected }
                position += 1
                if isOptional {
                    let member = Self.unescaped(name)
                    expression = .conditional(.has(expression, member), .member(expression, member), .literal(.null))
                    continue
                }
                expression = accept("(") ? try method(name, of: expression) : .member(expression, Self.unescaped(name))
            } else {
                return expression
            }
        }
    }

    private mutating func method(_ name: String, of receiver: Expression) throws(ExpressionError) -> Expression {
        let arguments = try list(until: ")")
        guard Self.quantifiers.contains(name), case .name(let variable)? = arguments.first, arguments.count > 1 else {
            return .call(name, receiver: receiver, arguments)
        }
        if arguments.count == 3, name != "map", case .name(let second) = arguments[1] {
            return .quantifier(name, over: receiver, [variable, second], [arguments[2]])
        }
        return .quantifier(name, over: receiver, [variable], Array(arguments.dropFirst()))
    }

    private mutating func list(until end: String) throws(ExpressionError) -> [Expression] {
        var elements: [Expression] = []
        while !accept(end) {
            elements.append(try expression())
            if !accept(",") {
                try expect(end)
                break
            }
        }
        return elements
    }

    private mutating func primary() throws(ExpressionError) -> Expression {
        let token = current
        position += token == .end ? 0 : 1
        switch token {
        case .string(let text): return .literal(.string(text))
        case .integer(let number): return .literal(JSONValue(number))
        case .double(let number): return .literal(JSONNumber(number).map(JSONValue.number) ?? .null)
        case .identifier("true"): return .literal(true)
        case .identifier("false"): return .literal(false)
        case .identifier("null"): return .literal(.null)
        case .identifier(let name): return accept("(") ? try function(name) : .name(name)
        case .symbol("("):
            let inner = try expression()
            try expect(")")
            return inner
        case .symbol("["): return .list(try list(until: "]"))
        case .symbol("{"): return try map()
        default:
            position -= token == .end ? 0 : 1
            throw unexpected
        }
    }

    private mutating func function(_ name: String) throws(ExpressionError) -> Expression {
        let arguments = try list(until: ")")
        guard name == "has" else { return .call(name, receiver: nil, arguments) }
        guard case .member(let object, let member)? = arguments.first, arguments.count == 1 else {
            throw ExpressionError("invalid argument to has() macro")
        }
        return .has(object, member)
    }

    private mutating func map() throws(ExpressionError) -> Expression {
        var entries: [ExpressionEntry] = []
        while !accept("}") {
            let key = try expression()
            try expect(":")
            entries.append(ExpressionEntry(key: key, value: try expression()))
            if !accept(",") {
                try expect("}")
                break
            }
        }
        return .map(entries)
    }

    /// Names that are no identifiers in the language are escaped in it.
    private static func unescaped(_ name: String) -> String {
        guard name.hasPrefix("__") || name.contains("__") else { return name }
        let marks = ["__underscores__": "__", "__dot__": ".", "__dash__": "-", "__slash__": "/"]
        let plain = marks.reduce(name) { $0.replacing($1.key, with: $1.value) }
        return plain.hasPrefix("__") && plain.hasSuffix("__") && plain.count > 4 ? String(plain.dropFirst(2).dropLast(2)) : plain
    }
}
