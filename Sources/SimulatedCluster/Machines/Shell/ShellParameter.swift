/// `$name` or `${name…}`: a variable, and what is made of its value.
struct ShellParameter {
    enum Operation {
        case value
        case length
        /// `-` and `=`: another text for a variable that isn't there, which `=` sets it to, too.
        case fallback(String, assigns: Bool)
        /// `+`: another text for one that is there.
        case alternative(String)
        /// `#` and `%`: the value without the beginning or the end that matches a pattern.
        case trim(String, atEnd: Bool, longest: Bool)
        /// `?`: the end of the script for a variable that isn't there.
        case required(String)
        /// `:FROM` or `:FROM:COUNT`: a part of the value; both are arithmetic.
        case part(from: String, count: String?)
    }

    let name: String
    let operation: Operation
    /// A colon before the sign: an empty variable is as good as none.
    let countsEmptyAsMissing: Bool

    /// - Parameter body: what stands in the braces.
    init(_ body: String) {
        let isLength = body.count > 1 && body.hasPrefix("#")
        let text = isLength ? body.dropFirst() : body[...]
        let isSpecial = text.first.map { "?!#@*$".contains($0) } ?? false
        name = String(isSpecial ? text.prefix(1) : text.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        let rest = text.dropFirst(name.count)
        let isPart = rest.hasPrefix(":") && !(rest.dropFirst().first.map { "-=+?".contains($0) } ?? true)
        countsEmptyAsMissing = rest.hasPrefix(":") && !isPart
        operation =
            isLength ? .length : isPart ? Self.part(rest.dropFirst()) : Self.operation(countsEmptyAsMissing ? rest.dropFirst() : rest)
    }

    private static func part(_ text: Substring) -> Operation {
        let numbers = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return .part(from: numbers[0], count: numbers.count > 1 ? numbers[1] : nil)
    }

    private static func operation(_ text: Substring) -> Operation {
        let operand = String(text.dropFirst())
        switch text.first {
        case "-": return .fallback(operand, assigns: false)
        case "=": return .fallback(operand, assigns: true)
        case "+": return .alternative(operand)
        case "?": return .required(operand)
        case let sign? where sign == "#" || sign == "%":
            let longest = operand.first == sign
            return .trim(longest ? String(operand.dropFirst()) : operand, atEnd: sign == "%", longest: longest)
        default: return .value
        }
    }

    /// `"$@"`: a word for each argument.
    var isAllArguments: Bool {
        if name == "@", case .value = operation { true } else { false }
    }
}
