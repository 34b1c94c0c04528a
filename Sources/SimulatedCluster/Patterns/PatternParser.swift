/// Reads regular expressions.
struct PatternParser {
    /// What `(?i)` and its like turn on and off.
    private struct Flags {
        var isCaseless = false
        var isMultiline = false
        var dotTakesLines = false
        var isLazy = false

        mutating func set(_ flag: Unicode.Scalar, _ value: Bool) {
            switch flag {
            case "i": isCaseless = value
            case "m": isMultiline = value
            case "s": dotTakesLines = value
            default: isLazy = value
            }
        }
    }

    /// Deeper brackets would take the stack.
    private static let maximumDepth = 200

    private var lexer: PatternLexer
    private var flags = Flags()
    private var groups = 0
    private var depth = 0
    private var lastRepetition = ""
    private let pattern: String

    init(_ pattern: String, syntax: RegularExpression.Syntax, isCaseless: Bool) {
        self.pattern = pattern
        lexer = PatternLexer(pattern, syntax: syntax)
        flags.isCaseless = isCaseless
        // In the tools, and in a text of one line, a dot is anything.
        flags.dotTakesLines = syntax != .go
    }

    /// The expression, and how many groups it has.
    mutating func parse() throws(RegularExpression.Failure) -> (node: PatternNode, groups: Int) {
        let (node, isClosed) = try choice()
        guard !isClosed else { throw RegularExpression.Failure(message: "unexpected ): `\(pattern)`") }
        return (node, groups)
    }

    /// Alternatives up to the end, or up to the bracket that closes them.
    private mutating func choice() throws(RegularExpression.Failure) -> (node: PatternNode, isClosed: Bool) {
        var alternatives: [PatternNode] = []
        var parts: [PatternNode] = []
        while let token = try lexer.next(isAtStart: parts.isEmpty) {
            switch token {
            case .bar:
                alternatives.append(.sequence(parts))
                parts = []
            case .close: return (.choice(alternatives + [.sequence(parts)]), true)
            case .repetition(let least, let most): try repeatLast(of: &parts, least, most)
            case .question: try repeatLast(of: &parts, 0, 1)
            default: parts.append(try atom(token))
            }
        }
        return (alternatives.isEmpty ? .sequence(parts) : .choice(alternatives + [.sequence(parts)]), false)
    }

    private mutating func repeatLast(of parts: inout [PatternNode], _ least: Int, _ most: Int?) throws(RegularExpression.Failure) {
        let sign = lexer.lastText
        guard let last = parts.popLast() else {
            throw RegularExpression.Failure(message: "missing argument to repetition operator: `\(sign)`")
        }
        if case .repetition = last, lexer.syntax == .go {
            throw RegularExpression.Failure(message: "invalid nested repetition operator: `\(lastRepetition)\(sign)`")
        }
        lastRepetition = sign
        let isLazy = lexer.acceptLazy()
        parts.append(.repetition(last, least: least, most: most, isGreedy: isLazy == flags.isLazy))
    }

    private mutating func atom(_ token: PatternLexer.Token) throws(RegularExpression.Failure) -> PatternNode {
        switch token {
        case .character(let scalar): return character(PatternSet(scalar))
        case .set(let set): return character(set)
        case .any: return .character(.any(lines: flags.dotTakesLines))
        case .assertion(let assertion): return .assertion(assertion)
        case .lineStart: return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case .lineEnd: return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case .open: return try group()
        case .flags(let on, let off, let opens): return try setFlags(on, off, opens: opens)
        case .close, .bar, .repetition, .question: return .empty
        }
    }

    private func character(_ set: PatternSet) -> PatternNode {
        var set = set
        set.isCaseless = flags.isCaseless
        return .character(set)
    }

    private mutating func group() throws(RegularExpression.Failure) -> PatternNode {
        groups += 1
        let number = groups
        return .group(try inner(), number: number)
    }

    private mutating func setFlags(_ on: Set<Unicode.Scalar>, _ off: Set<Unicode.Scalar>, opens: Bool) throws(RegularExpression.Failure)
        -> PatternNode
    {
        let before = flags
        for flag in on { flags.set(flag, true) }
        for flag in off { flags.set(flag, false) }
        guard opens else { return .empty }
        let node = try inner()
        flags = before
        return node
    }

    /// What stands in a bracket, whose flags end with it.
    private mutating func inner() throws(RegularExpression.Failure) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw RegularExpression.Failure(message: "expression nests too deeply: `\(pattern)`") }
        let before = flags
        let (node, isClosed) = try choice()
        flags = before
        guard isClosed else { throw RegularExpression.Failure(message: "missing closing ): `\(pattern)`") }
        return node
    }
}
