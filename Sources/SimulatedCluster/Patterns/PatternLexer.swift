/// Splits a regular expression into what means something, whichever way it is written.
struct PatternLexer {
    enum Token {
        case character(Unicode.Scalar)
        case set(PatternSet)
        case any
        case assertion(PatternAssertion)
        /// A bracket that opens a group.
        case open
        /// `(?i)`, or `(?i:` when it opens a bracket.
        case flags(on: Set<Unicode.Scalar>, off: Set<Unicode.Scalar>, opens: Bool)
        case close
        case bar
        case repetition(least: Int, most: Int?)
        case question
        case lineStart
        case lineEnd
    }

    let syntax: RegularExpression.Syntax
    private let text: [Unicode.Scalar]
    private var index = 0
    /// Where what was read last begins.
    private var start = 0
    /// Go has a thousand as the limit of repetitions.
    private static let mostRepetitions = 1_000

    init(_ pattern: String, syntax: RegularExpression.Syntax) {
        self.syntax = syntax
        text = Array(pattern.unicodeScalars)
    }

    private var current: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private func follows(_ part: String, at offset: Int = 0) -> Bool {
        let scalars = Array(part.unicodeScalars)
        return index + offset + scalars.count <= text.count && Array(text[(index + offset)..<(index + offset + scalars.count)]) == scalars
    }

    private func failure(_ problem: String, from start: Int) -> RegularExpression.Failure {
        var part = String.UnicodeScalarView()
        part.append(contentsOf: text[min(start, text.count)..<min(index, text.count)])
        return RegularExpression.Failure(message: "\(problem): `\(String(part))`")
    }

    /// - Parameter isAtStart: whether nothing stands before it that could be repeated.
    mutating func next(isAtStart: Bool) throws(RegularExpression.Failure) -> Token? {
        guard let scalar = current else { return nil }
        start = index
        index += 1
        switch scalar {
        case "\\": return try escape(from: start)
        case "[": return .set(try bracket(from: start))
        case ".": return .any
        case "*": return syntax == .basic && isAtStart ? .character("*") : .repetition(least: 0, most: nil)
        case "^": return syntax != .basic || isAtStart ? .lineStart : .character("^")
        case "$": return syntax != .basic || current == nil || follows("\\)") || follows("\\|") ? .lineEnd : .character("$")
        default: break
        }
        guard syntax != .basic else { return .character(scalar) }
        switch scalar {
        case "(": return syntax == .go && current == "?" ? try flags(from: start) : .open
        case ")": return .close
        case "|": return .bar
        case "+": return .repetition(least: 1, most: nil)
        case "?": return .question
        case "{": return try braces(from: start) ?? .character("{")
        default: return .character(scalar)
        }
    }

    /// What was read last.
    var lastText: String { String(String.UnicodeScalarView(text[start..<index])) }

    /// Whether the repetition just read is followed by the sign that makes it a short one.
    mutating func acceptLazy() -> Bool {
        guard syntax == .go, current == "?" else { return false }
        index += 1
        return true
    }

    // MARK: Numbers in braces

    private mutating func number() -> Int? {
        let digits = text[index...].prefix { ("0"..."9").contains($0) }.prefix(9)
        index += digits.count
        return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1.value - 48) }
    }

    /// `{2}`, `{2,}`, `{2,3}`; nil for a brace that stands for itself.
    private mutating func braces(from start: Int) throws(RegularExpression.Failure) -> Token? {
        let content = index
        let least = number()
        var most = least
        let hasComma = current == ","
        if hasComma {
            index += 1
            most = number()
        }
        let end = syntax == .basic ? "\\}" : "}"
        // Without a first number it begins at none, in POSIX's tools only.
        guard follows(end), least != nil || (hasComma && syntax != .go) else {
            index = content
            return nil
        }
        index += end.count
        let isTooMany = max(least ?? 0, most ?? 0) > Self.mostRepetitions
        guard !isTooMany, (least ?? 0) <= most ?? .max else { throw failure("invalid repeat count", from: start) }
        return .repetition(least: least ?? 0, most: most)
    }

    // MARK: Groups that are no places

    private mutating func flags(from start: Int) throws(RegularExpression.Failure) -> Token {
        index += 1
        if current == "P" || current == "<" {
            if current == "P" { index += 1 }
            guard current == "<", let end = text[index...].firstIndex(of: ">"), end > index + 1, !follows("<="), !follows("<!") else {
                index = min(index + 2, text.count)
                throw failure("invalid or unsupported Perl syntax", from: start)
            }
            index = end + 1
            return .open
        }
        var (on, off): (Set<Unicode.Scalar>, Set<Unicode.Scalar>) = ([], [])
        var turnsOff = false
        while let flag = current {
            index += 1
            switch flag {
            case "i", "m", "s", "U": if turnsOff { off.insert(flag) } else { on.insert(flag) }
            case "-" where !turnsOff: turnsOff = true
            case ")": return .flags(on: on, off: off, opens: false)
            case ":": return .flags(on: on, off: off, opens: true)
            default: throw failure("invalid or unsupported Perl syntax", from: start)
            }
        }
        throw failure("missing closing )", from: start)
    }

    // MARK: Escapes

    private static let controls: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "t": "\t", "r": "\r", "f": "\u{0C}", "v": "\u{0B}", "a": "\u{07}",
    ]
    private static let classes: [Unicode.Scalar: PatternSet] = ["d": .digit, "w": .word, "s": .space]

    private mutating func escape(from start: Int) throws(RegularExpression.Failure) -> Token {
        guard let scalar = current else { throw RegularExpression.Failure(message: "trailing backslash at end of expression: ``") }
        index += 1
        switch scalar {
        case "(" where syntax == .basic: return .open
        case ")" where syntax == .basic: return .close
        case "|" where syntax == .basic: return .bar
        case "+" where syntax == .basic: return .repetition(least: 1, most: nil)
        case "?" where syntax == .basic: return .question
        case "{" where syntax == .basic: return try braces(from: start) ?? .character("{")
        case "<" where syntax != .go: return .assertion(.wordStart)
        case ">" where syntax != .go: return .assertion(.wordEnd)
        case "b": return .assertion(.wordBoundary)
        case "B": return .assertion(.noWordBoundary)
        case "A" where syntax == .go: return .assertion(.textStart)
        case "z" where syntax == .go: return .assertion(.textEnd)
        default: break
        }
        if let set = try set(escapedBy: scalar, from: start) { return .set(set) }
        return .character(try character(escapedBy: scalar, from: start))
    }

    /// `\d`, `\W`, `\pL`, `\P{Lu}`; nil for what is one character.
    private mutating func set(escapedBy scalar: Unicode.Scalar, from start: Int) throws(RegularExpression.Failure) -> PatternSet? {
        if var set = Self.classes[Unicode.Scalar(scalar.value | 32) ?? scalar] {
            set.isNegated = scalar.properties.isUppercase
            return set
        }
        guard syntax == .go, scalar == "p" || scalar == "P" else { return nil }
        var name = current.map { String($0) } ?? ""
        index += 1
        if name == "{" {
            let end = text[index...].firstIndex(of: "}") ?? text.count
            name = String(String.UnicodeScalarView(text[index..<end]))
            index = end + 1
        }
        let isReversed = name.hasPrefix("^")
        guard var set = PatternSet(category: isReversed ? String(name.dropFirst()) : name) else {
            throw failure("invalid character class range", from: start)
        }
        set.isNegated = (scalar == "P") != isReversed
        return set
    }

    private mutating func character(escapedBy scalar: Unicode.Scalar, from start: Int) throws(RegularExpression.Failure) -> Unicode.Scalar {
        if let control = Self.controls[scalar], syntax == .go || "nt".unicodeScalars.contains(scalar) { return control }
        if scalar == "x", syntax == .go { return try hexadecimal(from: start) }
        let isWordLike = scalar.isASCII && PatternSet.word.contains(scalar) && scalar != "_"
        // A number would stand for what a group has matched, which takes time without bounds.
        if isWordLike, syntax == .go || PatternSet.digit.contains(scalar) { throw failure("invalid escape sequence", from: start) }
        return scalar
    }

    private mutating func hexadecimal(from start: Int) throws(RegularExpression.Failure) -> Unicode.Scalar {
        let isBraced = current == "{"
        if isBraced { index += 1 }
        let digits = text[index...].prefix { $0.properties.isASCIIHexDigit }.prefix(isBraced ? 8 : 2)
        index += digits.count
        let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16).flatMap(Unicode.Scalar.init)
        guard let value, isBraced ? current == "}" : digits.count == 2 else { throw failure("invalid escape sequence", from: start) }
        if isBraced { index += 1 }
        return value
    }

    // MARK: Sets in brackets

    private mutating func bracket(from start: Int) throws(RegularExpression.Failure) -> PatternSet {
        var set = PatternSet()
        if current == "^" {
            set.isNegated = true
            index += 1
        }
        var isFirst = true
        while let scalar = current, scalar != "]" || isFirst {
            isFirst = false
            if let named = try namedClass() {
                set.formUnion(named)
                continue
            }
            let place = index
            index += 1
            if scalar == "\\", let other = try setInBrackets(from: place) {
                set.formUnion(other)
                continue
            }
            let first = try element(scalar, from: place)
            guard current == "-", index + 1 < text.count, text[index + 1] != "]" else {
                set.insert(first, through: first)
                continue
            }
            index += 2
            let last = try element(text[index - 1], from: place)
            guard first <= last else { throw failure("invalid character class range", from: place) }
            set.insert(first, through: last)
        }
        guard current == "]" else { throw failure("missing closing ]", from: start) }
        index += 1
        return set
    }

    private mutating func setInBrackets(from start: Int) throws(RegularExpression.Failure) -> PatternSet? {
        guard syntax == .go, let scalar = current else { return nil }
        index += 1
        if let set = try set(escapedBy: scalar, from: start) { return set }
        index -= 1
        return nil
    }

    /// A character in brackets, of which the first has been read: in POSIX's tools a backslash is one, but for ends of lines and tabs.
    private mutating func element(_ scalar: Unicode.Scalar, from start: Int) throws(RegularExpression.Failure) -> Unicode.Scalar {
        guard scalar == "\\", let escaped = current, syntax == .go || escaped == "n" || escaped == "t" else { return scalar }
        index += 1
        return try character(escapedBy: escaped, from: start)
    }

    /// `[:alpha:]`, `[:^alpha:]`.
    private mutating func namedClass() throws(RegularExpression.Failure) -> PatternSet? {
        guard follows("[:"), let end = text[(index + 2)...].firstIndex(of: ":"), end + 1 < text.count, text[end + 1] == "]" else {
            return nil
        }
        let start = index
        var name = String(String.UnicodeScalarView(text[(index + 2)..<end]))
        index = end + 2
        let isReversed = name.hasPrefix("^")
        if isReversed { name.removeFirst() }
        guard var set = PatternSet(posix: name) else { throw failure("invalid character class range", from: start) }
        set.isNegated = isReversed
        return set
    }
}
