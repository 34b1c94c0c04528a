/// What `sed` is told to do with each line.
struct SedScript {
    struct Failure: Error {
        let message: String
    }

    enum Address {
        case line(Int)
        case last
        /// An empty expression is the one that was used last.
        case match(RegularExpression?)
        /// `+N`: as many lines after the first.
        case count(Int)
    }

    struct Substitution {
        enum Part {
            case text([Unicode.Scalar])
            /// What a group has matched; 0 for all of it.
            case group(Int)
        }

        var expression: RegularExpression?
        var parts: [Part] = []
        /// Which match of a line is the first to be replaced.
        var first = 1
        var isGlobal = false
        var prints = false
    }

    enum Action {
        case substitute(Substitution)
        case delete
        case print
        case quit
    }

    struct Command {
        var from: Address?
        var to: Address?
        var isNegated = false
        var action: Action
    }

    private(set) var commands: [Command] = []
    private var rest: ArraySlice<Unicode.Scalar>
    private let syntax: RegularExpression.Syntax

    init(_ text: String, isExtended: Bool) throws(Failure) {
        rest = Array(text.unicodeScalars)[...]
        syntax = isExtended ? .extended : .basic
        while let command = try next() { commands.append(command) }
    }

    private mutating func skip(_ scalars: String) {
        while let scalar = rest.first, scalars.unicodeScalars.contains(scalar) { rest.removeFirst() }
    }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func next() throws(Failure) -> Command? {
        skip(" \t\n;")
        if rest.isEmpty || accept("#") {
            rest = rest.drop { $0 != "\n" }
            return rest.isEmpty ? nil : try next()
        }
        let from = try address()
        skip(" ")
        var to: Address?
        if from != nil, accept(",") {
            skip(" ")
            to = accept("+") ? number().map(Address.count) : try address()
            if to == nil { throw Failure(message: "unexpected ','") }
        }
        skip(" ")
        let isNegated = accept("!")
        skip(" ")
        guard let name = rest.popFirst() else { throw Failure(message: "missing command") }
        let command = Command(from: from, to: to, isNegated: isNegated, action: try action(name))
        skip(" \t")
        guard rest.isEmpty || rest.first == "\n" || rest.first == ";" || rest.first == "#" else {
            throw Failure(message: "extra characters after command")
        }
        return command
    }

    private mutating func action(_ name: Unicode.Scalar) throws(Failure) -> Action {
        switch name {
        case "s": return .substitute(try substitution())
        case "d": return .delete
        case "p": return .print
        case "q": return .quit
        default: throw Failure(message: "unsupported command \(name)")
        }
    }

    // MARK: Addresses

    private mutating func number() -> Int? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        return Int(String(String.UnicodeScalarView(digits)))
    }

    private mutating func address() throws(Failure) -> Address? {
        if accept("$") { return .last }
        if let first = rest.first, ("0"..."9").contains(first) { return .line(number() ?? .max) }
        var delimiter: Unicode.Scalar = "/"
        if accept("\\") {
            guard let own = rest.first else { throw Failure(message: "unterminated address regex") }
            delimiter = own
        }
        guard accept(delimiter) else { return nil }
        guard let pattern = part(until: delimiter) else { throw Failure(message: "unterminated address regex") }
        let isCaseless = accept("I")
        return .match(try expression(pattern, isCaseless: isCaseless))
    }

    /// The text up to a delimiter, which a backslash takes its meaning from; nil when there is none.
    private mutating func part(until delimiter: Unicode.Scalar) -> [Unicode.Scalar]? {
        var part: [Unicode.Scalar] = []
        var isInBrackets = false
        while let scalar = rest.popFirst() {
            if scalar == delimiter, !isInBrackets { return part }
            if scalar == "\\", let escaped = rest.popFirst() {
                part += escaped == delimiter ? [escaped] : ["\\", escaped]
                continue
            }
            if scalar == "[" { isInBrackets = rest.contains("]") }
            if scalar == "]" { isInBrackets = false }
            part.append(scalar)
        }
        return nil
    }

    private func expression(_ pattern: [Unicode.Scalar], isCaseless: Bool) throws(Failure) -> RegularExpression? {
        guard !pattern.isEmpty else { return nil }
        let text = String(String.UnicodeScalarView(pattern))
        do throws(RegularExpression.Failure) {
            return try RegularExpression(text, syntax: syntax, isCaseless: isCaseless)
        } catch {
            throw Failure(message: "bad regex '\(text)': \(error.message)")
        }
    }

    // MARK: Substitution

    private mutating func substitution() throws(Failure) -> Substitution {
        guard let delimiter = rest.popFirst(), let pattern = part(until: delimiter), let replacement = replacement(until: delimiter) else {
            throw Failure(message: "unmatched 's' delimiter")
        }
        var substitution = Substitution(parts: replacement)
        var isCaseless = false
        while let flag = rest.first {
            switch flag {
            case "g": substitution.isGlobal = true
            case "p": substitution.prints = true
            case "i", "I": isCaseless = true
            case "1"..."9":
                substitution.first = number() ?? .max
                continue
            default:
                substitution.expression = try expression(pattern, isCaseless: isCaseless)
                return substitution
            }
            rest.removeFirst()
        }
        substitution.expression = try expression(pattern, isCaseless: isCaseless)
        return substitution
    }

    /// Nil when the delimiter is missing.
    private mutating func replacement(until delimiter: Unicode.Scalar) -> [Substitution.Part]? {
        var parts: [Substitution.Part] = []
        var text: [Unicode.Scalar] = []
        func flush(_ part: Substitution.Part) {
            parts.append(.text(text))
            parts.append(part)
            text = []
        }
        while let scalar = rest.popFirst() {
            if scalar == delimiter { return parts + [.text(text)] }
            if scalar == "&" {
                flush(.group(0))
            } else if scalar == "\\", let escaped = rest.popFirst() {
                switch escaped {
                case "0"..."9": flush(.group(Int(escaped.value - 48)))
                case "n": text.append("\n")
                case "t": text.append("\t")
                default: text.append(escaped)
                }
            } else {
                text.append(scalar)
            }
        }
        return nil
    }
}
