/// The words of the Common Expression Language.
enum ExpressionToken: Hashable {
    case identifier(String)
    case string(String)
    case integer(Int)
    case double(Double)
    case symbol(String)
    case end
}

/// What is wrong with an expression, or with what it is asked about.
struct ExpressionError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

struct ExpressionLexer {
    private let text: [Character]
    private var position = 0

    private static let symbols = ["&&", "||", "==", "!=", "<=", ">="]

    static func tokens(of text: String) throws(ExpressionError) -> [ExpressionToken] {
        var lexer = ExpressionLexer(text: Array(text))
        var tokens: [ExpressionToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens + [.end]
    }

    private init(text: [Character]) {
        self.text = text
    }

    private func peek(_ offset: Int = 0) -> Character? {
        text.indices.contains(position + offset) ? text[position + offset] : nil
    }

    private mutating func take(while condition: (Character) -> Bool) -> String {
        let start = position
        while let character = peek(), condition(character) { position += 1 }
        return String(text[start..<position])
    }

    private mutating func next() throws(ExpressionError) -> ExpressionToken? {
        _ = take(while: \.isWhitespace)
        while peek() == "/", peek(1) == "/" {
            _ = take { $0 != "\n" }
            _ = take(while: \.isWhitespace)
        }
        guard let first = peek() else { return nil }
        if first.isNumber { return try number() }
        if first == "\"" || first == "'" { return .string(try string(isRaw: false)) }
        if first == "r" || first == "R", let quote = peek(1), quote == "\"" || quote == "'" {
            position += 1
            return .string(try string(isRaw: true))
        }
        if first.isLetter || first == "_" { return .identifier(take { $0.isLetter || $0.isNumber || $0 == "_" }) }
        return try symbol(first)
    }

    private mutating func symbol(_ first: Character) throws(ExpressionError) -> ExpressionToken {
        if let second = peek(1), Self.symbols.contains(String([first, second])) {
            position += 2
            return .symbol(String([first, second]))
        }
        guard "+-*/%<>!?:.,()[]{}".contains(first) else { throw ExpressionError("Syntax error: token recognition error at: '\(first)'") }
        position += 1
        return .symbol(String(first))
    }

    private mutating func number() throws(ExpressionError) -> ExpressionToken {
        var digits = take(while: \.isNumber)
        if peek() == ".", peek(1)?.isNumber == true {
            position += 1
            digits += "." + take(while: \.isNumber)
        }
        if let exponent = peek(), exponent == "e" || exponent == "E" {
            position += 1
            digits += "e" + take { $0.isNumber || $0 == "-" || $0 == "+" }
        }
        if peek() == "u" { position += 1 }
        if let integer = Int(digits) { return .integer(integer) }
        guard let double = Double(digits) else { throw ExpressionError("invalid number \(digits)") }
        return .double(double)
    }

    private mutating func string(isRaw: Bool) throws(ExpressionError) -> String {
        let quote = text[position]
        position += 1
        var result = ""
        while let character = peek() {
            position += 1
            if character == quote { return result }
            guard character == "\\", !isRaw, let escaped = peek() else {
                result.append(character)
                continue
            }
            position += 1
            switch escaped {
            case "n": result.append("\n")
            case "t": result.append("\t")
            case "r": result.append("\r")
            default: result.append(escaped)
            }
        }
        throw ExpressionError("Syntax error: a string does not end")
    }
}
