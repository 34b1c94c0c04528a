/// `$((…))`: whole numbers with the usual precedence, which wrap around as the machine's do.
///
/// What is open lies on stacks of its own, so that no number of brackets is too deep.
struct ShellArithmetic {
    /// Why an expression has no value.
    struct Failure: Error {
        let message: String
    }

    /// The signs with two sides, longer ones before those that they begin with, and how closely they bind.
    private static let signs: [(text: [Character], precedence: Int)] = [
        ("<<", 8), (">>", 8), ("<=", 7), (">=", 7), ("==", 6), ("!=", 6), ("&&", 2), ("||", 1), ("<", 7), (">", 7), ("&", 5), ("^", 4),
        ("|", 3),
        ("+", 9), ("-", 9), ("*", 10), ("/", 10), ("%", 10),
    ].map { (Array($0), $1) }

    private enum Sign {
        case open
        case unary(Character)
        case binary(String, precedence: Int)

        var precedence: Int {
            switch self {
            case .open: 0
            case .unary: 11
            case .binary(_, let precedence): precedence
            }
        }
    }

    private let variables: [String: String]
    private var rest: ArraySlice<Character>
    private var numbers: [Int] = []
    private var open: [Sign] = []

    static func value(of text: String, _ variables: [String: String]) throws(Failure) -> Int {
        var arithmetic = ShellArithmetic(variables: variables, rest: Array(text.filter { !$0.isWhitespace })[...])
        return try arithmetic.evaluate()
    }

    private init(variables: [String: String], rest: ArraySlice<Character>) {
        self.variables = variables
        self.rest = rest
    }

    private mutating func evaluate() throws(Failure) -> Int {
        repeat { readOperand() } while try readOperator()
        try reduce { _ in true }
        return numbers.last ?? 0
    }

    /// A number or a variable, with the signs and brackets before it; 0 when there is none.
    private mutating func readOperand() {
        while let sign = rest.first, "(-+!~$".contains(sign) {
            rest.removeFirst()
            if sign == "(" { open.append(.open) } else if "-!~".contains(sign) { open.append(.unary(sign)) }
        }
        let word = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        rest = rest.dropFirst(word.count)
        numbers.append(Self.number(word) ?? variables[word].flatMap(Self.number) ?? 0)
    }

    /// Decimal, `0x…`, or `0…` in octal; nil for what is none.
    private static func number(_ text: String) -> Int? {
        let digits = text.drop { $0 == "-" }
        let (radix, start) =
            digits.hasPrefix("0x") || digits.hasPrefix("0X") ? (16, 2) : digits.hasPrefix("0") && digits.count > 1 ? (8, 1) : (10, 0)
        return Int(digits.dropFirst(start), radix: radix).map { text.hasPrefix("-") ? 0 &- $0 : $0 }
    }

    /// - Returns: whether an operand follows.
    private mutating func readOperator() throws(Failure) -> Bool {
        while rest.first == ")" {
            rest.removeFirst()
            try reduce { if case .open = $0 { false } else { true } }
            _ = open.popLast()
        }
        guard let sign = Self.signs.first(where: { rest.starts(with: $0.text) }) else { return false }
        rest = rest.dropFirst(sign.text.count)
        try reduce { $0.precedence >= sign.precedence }
        open.append(.binary(String(sign.text), precedence: sign.precedence))
        return true
    }

    private mutating func reduce(while condition: (Sign) -> Bool) throws(Failure) {
        while let sign = open.last, condition(sign) {
            open.removeLast()
            switch sign {
            case .open: continue
            case .unary(let sign):
                let value = numbers.popLast() ?? 0
                numbers.append(sign == "-" ? 0 &- value : sign == "~" ? ~value : value == 0 ? 1 : 0)
            case .binary(let sign, _):
                let right = numbers.popLast() ?? 0
                numbers.append(try Self.result(sign, numbers.popLast() ?? 0, right))
            }
        }
    }

    private static func result(_ sign: String, _ left: Int, _ right: Int) throws(Failure) -> Int {
        switch sign {
        case "+": return left &+ right
        case "-": return left &- right
        case "*": return left &* right
        case "/", "%":
            guard right != 0 else { throw Failure(message: "divide by zero") }
            // The least number has no opposite.
            if right == -1 { return sign == "/" ? 0 &- left : 0 }
            return sign == "/" ? left / right : left % right
        case "<<": return left &<< right
        case ">>": return left &>> right
        case "&": return left & right
        case "|": return left | right
        case "^": return left ^ right
        default: return holds(sign, left, right) ? 1 : 0
        }
    }

    private static func holds(_ sign: String, _ left: Int, _ right: Int) -> Bool {
        switch sign {
        case "<": left < right
        case "<=": left <= right
        case ">": left > right
        case ">=": left >= right
        case "==": left == right
        case "!=": left != right
        case "&&": left != 0 && right != 0
        default: left != 0 || right != 0
        }
    }
}
