/// Splits a program of awk into its words and signs.
struct AwkLexer {
    enum Token: Equatable {
        case number(Double)
        case text(String)
        case pattern(String)
        case name(String)
        /// A name with a bracket right behind it.
        case function(String)
        case keyword(String)
        case sign(String)
        case newline
        case end
    }

    private static let keywords: Set = [
        "BEGIN", "END", "break", "continue", "delete", "do", "else", "exit", "for", "function", "func", "getline", "if", "in", "next",
        "print", "printf", "return", "while",
    ]
    private static let signs = [
        "**=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "==", "<=", ">=", "!=", "!~", ">>", "{", "}", "(", ")",
        "[", "]",
        ";", ",", "+", "-", "*", "/", "%", "^", "!", "<", ">", "|", "?", ":", "~", "$", "=",
    ].map(Array.init)

    private let text: [Character]
    private var index = 0
    private var last = Token.newline

    static func tokens(of text: String) throws(AwkFailure) -> [Token] {
        var lexer = AwkLexer(text: Array(text))
        var tokens: [Token] = []
        repeat {
            lexer.last = try lexer.next()
            tokens.append(lexer.last)
        } while lexer.last != .end
        return tokens
    }

    private init(text: [Character]) {
        self.text = text
    }

    private var current: Character? { index < text.count ? text[index] : nil }

    private mutating func take(while condition: (Character) -> Bool) -> String {
        let start = index
        while let character = current, condition(character) { index += 1 }
        return String(text[start..<index])
    }

    private mutating func next() throws(AwkFailure) -> Token {
        skipBlanks()
        guard let character = current else { return .end }
        if character.isNewline {
            index += 1
            return .newline
        }
        if character == "\"" { return .text(try quoted()) }
        if character == "/", !followsOperand { return .pattern(try pattern()) }
        if character.isNumber || character == "." && index + 1 < text.count && text[index + 1].isNumber { return number() }
        if character.isLetter || character == "_" { return word() }
        guard let sign = Self.signs.first(where: { text[index...].starts(with: $0) }) else {
            throw AwkFailure(message: "unexpected '\(character)'")
        }
        index += sign.count
        return .sign(String(sign))
    }

    private mutating func skipBlanks() {
        while let character = current {
            if character == "#" {
                _ = take { !$0.isNewline }
            } else if character == "\\", index + 1 < text.count, text[index + 1].isNewline {
                index += 2
            } else if character == " " || character == "\t" || character == "\r" {
                index += 1
            } else {
                return
            }
        }
    }

    /// Whether a slash here divides.
    private var followsOperand: Bool {
        switch last {
        case .number, .text, .pattern, .name: true
        case .sign(let sign): [")", "]", "$", "++", "--"].contains(sign)
        default: false
        }
    }

    private mutating func word() -> Token {
        let word = take { $0.isLetter || $0.isNumber || $0 == "_" }
        if Self.keywords.contains(word) { return .keyword(word == "func" ? "function" : word) }
        return current == "(" || AwkFunctions.names.contains(word) ? .function(word) : .name(word)
    }

    private mutating func number() -> Token {
        let rest = text[index...].prefix { $0.isASCII && ($0.isHexDigit || "xX.+-".contains($0)) }
        let (value, length) = AwkValue.leadingNumber(String(rest))
        index += max(length, 1)
        return .number(value)
    }

    private mutating func quoted() throws(AwkFailure) -> String {
        let body = try body(until: "\"")
        return String(
            decoding: EscapedText(body.replacing("\\\"", with: "\"").replacing("\\/", with: "/").utf8, needsZero: false).bytes,
            as: UTF8.self)
    }

    /// Only the slash has to be told from the one at the end; the rest is the expression's own.
    private mutating func pattern() throws(AwkFailure) -> String {
        try body(until: "/").replacing("\\/", with: "/")
    }

    private mutating func body(until end: Character) throws(AwkFailure) -> String {
        index += 1
        let start = index
        while let character = current, character != end {
            guard !character.isNewline else { break }
            index += character == "\\" ? 2 : 1
        }
        guard current == end else { throw AwkFailure(message: end == "/" ? "unterminated regexp" : "unterminated string") }
        defer { index += 1 }
        return String(text[start..<index])
    }
}
