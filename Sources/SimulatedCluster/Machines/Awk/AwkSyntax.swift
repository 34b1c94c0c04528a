/// A program of awk as it was parsed.
struct AwkProgram {
    var beginnings: [AwkStatement] = []
    var rules: [AwkRule] = []
    var endings: [AwkStatement] = []
    var functions: [String: AwkFunction] = [:]
}

struct AwkRule {
    enum Pattern {
        case always
        case condition(AwkExpression)
        /// From a record for which the first holds to one for which the second does.
        case range(AwkExpression, AwkExpression)
    }

    var pattern: Pattern
    var action: AwkStatement
}

struct AwkFunction {
    var parameters: [String]
    var body: AwkStatement
}

indirect enum AwkStatement {
    case block([AwkStatement])
    case expression(AwkExpression)
    /// - values: empty for the whole record.
    case print([AwkExpression], isFormatted: Bool, to: AwkTarget?)
    case conditional(AwkExpression, AwkStatement, otherwise: AwkStatement?)
    /// `while`, `for` and `do`.
    case loop(condition: AwkExpression?, step: AwkStatement?, body: AwkStatement, testsFirst: Bool)
    case forEach(variable: String, array: String, AwkStatement)
    case next
    case exit(AwkExpression?)
    case leaveLoop
    case continueLoop
    case giveBack(AwkExpression?)
    /// All elements without a subscript.
    case delete(array: String, [AwkExpression])
}

/// The file that `print` writes to.
struct AwkTarget {
    var name: AwkExpression
    var isAppended: Bool
}

indirect enum AwkExpression {
    enum Operator: String {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case modulo = "%"
        case power = "^"
        case less = "<"
        case lessOrEqual = "<="
        case equal = "=="
        case unequal = "!="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    case number(Double)
    case text(String)
    /// A regular expression, which alone asks whether the record matches.
    case pattern(String)
    case variable(String)
    case field(AwkExpression)
    case element(array: String, [AwkExpression])
    case assignment(to: AwkExpression, Operator?, AwkExpression)
    case step(AwkExpression, by: Double, givesNew: Bool)
    case choice(AwkExpression, AwkExpression, AwkExpression)
    case both(AwkExpression, AwkExpression)
    case either(AwkExpression, AwkExpression)
    case not(AwkExpression)
    case negation(AwkExpression)
    case identity(AwkExpression)
    case binary(Operator, AwkExpression, AwkExpression)
    case match(AwkExpression, AwkExpression, isNegated: Bool)
    case membership([AwkExpression], array: String)
    case concatenation([AwkExpression])
    case call(String, [AwkExpression])
    /// The next record, or the next line of a file.
    case readLine(into: AwkExpression?, file: AwkExpression?)
    /// Several values in brackets, which only `print` and `in` take.
    case list([AwkExpression])

    var isAssignable: Bool {
        switch self {
        case .variable, .field, .element: true
        default: false
        }
    }
}

/// Why a program is none, or can't go on.
struct AwkFailure: Error {
    let message: String
}
