/// `$((…))`: whole numbers with the usual precedence, which wrap around as the machine's do.
///
/// What is open lies on stacks of its own, so that no number of brackets is too deep.
struct ShellArithmetic {
    private enum Sign: Character {
        case open = "("
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case modulo = "%"
        /// A minus without a left side, which no character of a text is.
        case negation = "\0"

        var precedence: Int {
            switch self {
            case .open: 0
            case .plus, .minus: 1
            case .times, .over, .modulo: 2
            case .negation: 3
            }
        }
    }

    private let variables: [String: String]
    private var rest: ArraySlice<Character>
    private var numbers: [Int] = []
    private var signs: [Sign] = []

    static func value(of text: String, _ variables: [String: String]) -> Int {
        var arithmetic = ShellArithmetic(variables: variables, rest: Array(text.filter { !$0.isWhitespace })[...])
        return arithmetic.evaluate()
    }

    private init(variables: [String: String], rest: ArraySlice<Character>) {
        self.variables = variables
        self.rest = rest
    }

    private mutating func evaluate() -> Int {
        repeat { readOperand() } while readOperator()
        reduce { _ in true }
        return numbers.last ?? 0
    }

    /// A number or a variable, with the signs and brackets before it; 0 when there is none.
    private mutating func readOperand() {
        while let sign = rest.first, "(-$".contains(sign) {
            rest.removeFirst()
            if sign == "(" { signs.append(.open) }
            if sign == "-" { signs.append(.negation) }
        }
        let word = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        rest = rest.dropFirst(word.count)
        numbers.append(Int(word) ?? variables[word].flatMap { Int($0) } ?? 0)
    }

    /// - Returns: whether an operand follows.
    private mutating func readOperator() -> Bool {
        while rest.first == ")" {
            rest.removeFirst()
            reduce { $0 != .open }
            _ = signs.popLast()
        }
        guard let sign = rest.first.flatMap(Sign.init(rawValue:)), sign != .open, sign != .negation else { return false }
        rest.removeFirst()
        reduce { $0.precedence >= sign.precedence }
        signs.append(sign)
        return true
    }

    private mutating func reduce(while condition: (Sign) -> Bool) {
        while let sign = signs.last, condition(sign) {
            signs.removeLast()
            guard sign != .open else { continue }
            let right = numbers.popLast() ?? 0
            let left = sign == .negation ? 0 : numbers.popLast() ?? 0
            numbers.append(Self.result(sign, left, right))
        }
    }

    private static func result(_ sign: Sign, _ left: Int, _ right: Int) -> Int {
        switch sign {
        case .open: right
        case .plus: left &+ right
        case .minus, .negation: left &- right
        case .times: left &* right
        // The least number has no opposite, and dividing by zero gives zero here.
        case .over: right == 0 ? 0 : right == -1 ? 0 &- left : left / right
        case .modulo: right == 0 || right == -1 ? 0 : left % right
        }
    }
}
