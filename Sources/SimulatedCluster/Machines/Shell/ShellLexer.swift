/// Splits a script into words and operators.
struct ShellLexer {
    enum Token {
        case word(ShellWord)
        case op(String)
        /// A descriptor's number right before a redirection.
        case number(Int)
    }

    /// A here-document whose text begins after the line at hand.
    fileprivate struct Document {
        /// Where its token stands, which is its end's name until the text is there.
        var place: Int
        var end: String
        /// A quoted name means that nothing is expanded.
        var isQuoted: Bool
        /// `<<-`: tabs at the beginning of lines are left out.
        var dropsTabs: Bool
    }

    private static let unterminated = ShellSyntaxError(message: "unterminated quoted string", isIncomplete: true)
    private let text: [Character]
    private var index = 0

    init(_ text: String) {
        self.text = Array(text)
    }

    static func tokens(of text: String) throws(ShellSyntaxError) -> [Token] {
        var lexer = ShellLexer(text)
        var tokens: [Token] = []
        var documents: [Document] = []
        while let token = try lexer.next() {
            tokens.append(token)
            guard case .op(let text) = token else { continue }
            if text.hasPrefix("<<"), case .word(let word)? = try lexer.next() {
                documents.append(Document(place: tokens.count, word, dropsTabs: text == "<<-"))
                tokens.append(.word(word))
            }
            guard text == "\n" else { continue }
            for document in documents { tokens[document.place] = .word(try lexer.text(of: document)) }
            documents = []
        }
        guard documents.isEmpty else { throw ShellSyntaxError(message: "unexpected end of file", isIncomplete: true) }
        return tokens
    }

    private var current: Character? { index < text.count ? text[index] : nil }

    private func peek(_ offset: Int) -> Character? {
        index + offset < text.count ? text[index + offset] : nil
    }

    private static let operators = ["<<-", "<<", "&&", "||", ";;", ">>", ">&", "<&", "&", "|", ";", "(", ")", ">", "<", "\n"]

    private mutating func next() throws(ShellSyntaxError) -> Token? {
        while let character = current, character == " " || character == "\t" || (character == "\\" && peek(1) == "\n") {
            index += character == "\\" ? 2 : 1
        }
        if current == "#" { while let character = current, character != "\n" { _ = character; index += 1 } }
        guard let character = current else { return nil }
        if let found = Self.operators.first(where: { starts(with: $0) }) {
            index += found.count
            return .op(found)
        }
        if let digit = character.wholeNumberValue, peek(1) == ">" || peek(1) == "<" {
            index += 1
            return .number(digit)
        }
        return .word(try word())
    }

    private func starts(with text: String) -> Bool {
        text.enumerated().allSatisfy { peek($0.offset) == $0.element }
    }

    private mutating func word() throws(ShellSyntaxError) -> ShellWord {
        var word = ShellWord()
        var plain = ""
        func flush(_ word: inout ShellWord, _ plain: inout String) {
            if !plain.isEmpty { word.parts.append(.text(plain, isQuoted: false)) }
            plain = ""
        }
        while let character = current, !" \t\n;&|<>()".contains(character) {
            switch character {
            case "'":
                flush(&word, &plain)
                word.parts.append(.text(try until("'"), isQuoted: true))
            case "\"":
                flush(&word, &plain)
                index += 1
                try doubleQuoted(&word)
            case "\\":
                flush(&word, &plain)
                if let escaped = peek(1) { word.parts.append(.text(String(escaped), isQuoted: true)) }
                index += 2
            case "$":
                flush(&word, &plain)
                word.parts.append(try dollar(isQuoted: false))
            case "`":
                flush(&word, &plain)
                word.parts.append(.substitution(try until("`"), isQuoted: false))
            default:
                plain.append(character)
                index += 1
            }
        }
        flush(&word, &plain)
        return word
    }

    /// The text between the quote here and the next one.
    private mutating func until(_ quote: Character) throws(ShellSyntaxError) -> String {
        guard let end = text[(index + 1)...].firstIndex(of: quote) else { throw Self.unterminated }
        defer { index = end + 1 }
        return String(text[(index + 1)..<end])
    }

    private mutating func doubleQuoted(_ word: inout ShellWord) throws(ShellSyntaxError) {
        var plain = ""
        while let character = current, character != "\"" {
            if character == "\\", let next = peek(1), "\"\\$`".contains(next) {
                plain.append(next)
                index += 2
            } else if character == "$" || character == "`" {
                word.parts.append(.text(plain, isQuoted: true))
                plain = ""
                word.parts.append(character == "$" ? try dollar(isQuoted: true) : .substitution(try until("`"), isQuoted: true))
            } else {
                plain.append(character)
                index += 1
            }
        }
        guard current == "\"" else { throw Self.unterminated }
        index += 1
        word.parts.append(.text(plain, isQuoted: true))
    }

    private mutating func dollar(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord.Part {
        index += 1
        if starts(with: "((") {
            let body = try balanced(open: "(", close: ")")
            return .arithmetic(String(body.dropFirst().dropLast()))
        }
        if current == "(" { return .substitution(try balanced(open: "(", close: ")"), isQuoted: isQuoted) }
        if current == "{" {
            return .parameter(ShellParameter(try balanced(open: "{", close: "}")), isQuoted: isQuoted)
        }
        if let special = current, "?!#@*$".contains(special) || special.isNumber {
            index += 1
            return .parameter(ShellParameter(String(special)), isQuoted: isQuoted)
        }
        var name = ""
        while let character = current, character.isLetter || character.isNumber || character == "_" {
            name.append(character)
            index += 1
        }
        return name.isEmpty ? .text("$", isQuoted: isQuoted) : .parameter(ShellParameter(name), isQuoted: isQuoted)
    }

    /// What stands between a bracket here and the one that closes it.
    private mutating func balanced(open: Character, close: Character) throws(ShellSyntaxError) -> String {
        var depth = 0
        let start = index + 1
        while let character = current {
            index += 1
            if character == open { depth += 1 }
            // Each level is read by a shell of its own.
            guard depth <= ShellParser.maximumDepth else { throw ShellSyntaxError(message: "expansions are nested too deeply") }
            if character == close {
                depth -= 1
                if depth == 0 { return String(text[start..<(index - 1)]) }
            }
        }
        throw ShellSyntaxError(message: "unexpected end of file", isIncomplete: true)
    }

    // MARK: Here-documents

    /// The lines here up to the one that ends the document.
    private mutating func text(of document: Document) throws(ShellSyntaxError) -> ShellWord {
        var body = ""
        while index < text.count {
            let end = text[index...].firstIndex(of: "\n") ?? text.endIndex
            var line = String(text[index..<end])
            index = min(end + 1, text.count)
            if document.dropsTabs { line = String(line.drop { $0 == "\t" }) }
            guard line != document.end else { return try Self.word(of: body, isQuoted: document.isQuoted) }
            body += line + "\n"
        }
        throw ShellSyntaxError(message: "unexpected end of file", isIncomplete: true)
    }

    /// A text in which only dollars, backquotes and backslashes before those mean something.
    static func word(of text: String, isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord {
        guard !isQuoted else { return ShellWord(parts: [.text(text, isQuoted: true)]) }
        var lexer = ShellLexer(text)
        var word = ShellWord()
        var plain = ""
        while let character = lexer.current {
            if character == "\\", let next = lexer.peek(1), "\\$`\n".contains(next) {
                if next != "\n" { plain.append(next) }
                lexer.index += 2
            } else if character == "$" || character == "`" {
                word.parts.append(.text(plain, isQuoted: true))
                plain = ""
                word.parts.append(
                    character == "$" ? try lexer.dollar(isQuoted: true) : .substitution(try lexer.until("`"), isQuoted: true))
            } else {
                plain.append(character)
                lexer.index += 1
            }
        }
        word.parts.append(.text(plain, isQuoted: true))
        return word
    }
}

extension ShellLexer.Document {
    fileprivate init(place: Int, _ word: ShellWord, dropsTabs: Bool) {
        let texts = word.parts.compactMap { part in if case .text(let text, _) = part { text } else { nil } }
        self.init(place: place, end: texts.joined(), isQuoted: word.plain == nil, dropsTabs: dropsTabs)
    }
}
