import KubernetesModel

/// Evaluates expressions over JSON.
struct ExpressionEvaluator {
    private let variables: [String: JSONValue]
    private let budget: ExpressionBudget

    init(_ variables: [String: JSONValue]) {
        self.init(variables, ExpressionBudget())
    }

    private init(_ variables: [String: JSONValue], _ budget: ExpressionBudget) {
        self.variables = variables
        self.budget = budget
    }

    private func with(_ names: [String], _ values: [JSONValue]) -> ExpressionEvaluator {
        var variables = variables
        for (name, value) in zip(names, values) { variables[name] = value }
        return ExpressionEvaluator(variables, budget)
    }

    func value(of expression: Expression) throws(ExpressionError) -> JSONValue {
        try budget.spend(1)
        switch expression {
        case .literal(let value): return value
        case .list(let elements): return .array(try values(of: elements))
        case .map(let entries): return try map(entries)
        case .name(let name):
            guard let value = variables[name] else { throw ExpressionError("undeclared reference to '\(name)' (in container '')") }
            return value
        case .member(let object, let name):
            guard let member = try value(of: object)[name] else { throw ExpressionError("no such key: \(name)") }
            return member
        case .element(let container, let index): return try element(try value(of: container), try value(of: index))
        case .has(let object, let name): return .bool(try value(of: object)[name].map { $0 != .null } ?? false)
        case .conditional(let condition, let yes, let no): return try value(of: try flag(condition) ? yes : no)
        case .unary("!", let operand): return .bool(!(try flag(operand)))
        case .unary(_, let operand): return try ExpressionArithmetic.combine("-", 0, try value(of: operand))
        case .binary(let sign, let left, let right): return try binary(sign, left, right)
        case .quantifier(let name, let list, let names, let bodies): return try quantify(name, try value(of: list), names, bodies)
        case .call(let name, let receiver, let arguments):
            var all = try values(of: arguments)
            if let receiver { all.insert(try value(of: receiver), at: 0) }
            try budget.spend(onCallOf: name, all)
            if name == "indexOf", let list = all.first?.arrayValue {
                return JSONValue(try index(of: all.dropFirst().first ?? .null, in: list))
            }
            return try ExpressionFunctions.call(name, all)
        }
    }

    private func values(of expressions: [Expression]) throws(ExpressionError) -> [JSONValue] {
        var values: [JSONValue] = []
        for expression in expressions { values.append(try value(of: expression)) }
        return values
    }

    private func map(_ entries: [ExpressionEntry]) throws(ExpressionError) -> JSONValue {
        var object = JSONObject()
        for entry in entries {
            let key = try value(of: entry.key)
            object[key.stringValue ?? key.numberValue?.text ?? ""] = try value(of: entry.value)
        }
        return .object(object)
    }

    func flag(_ expression: Expression) throws(ExpressionError) -> Bool {
        guard let flag = try value(of: expression).boolValue else { throw ExpressionError("no such overload") }
        return flag
    }

    private func element(_ container: JSONValue, _ index: JSONValue) throws(ExpressionError) -> JSONValue {
        if let position = index.intValue, container.arrayValue != nil {
            guard let element = container[position] else { throw ExpressionError("index out of bounds: \(position)") }
            return element
        }
        guard let key = index.stringValue, let member = container[key] else {
            throw ExpressionError("no such key: \(index.stringValue ?? "")")
        }
        return member
    }

    private func binary(_ sign: String, _ left: Expression, _ right: Expression) throws(ExpressionError) -> JSONValue {
        switch sign {
        // Either side decides alone, even when the other can't be evaluated.
        case "&&": return .bool(try either(left, right, decides: false))
        case "||": return .bool(try either(left, right, decides: true))
        case "==": return .bool(try budget.areEqual(try value(of: left), try value(of: right)))
        case "!=": return .bool(!(try budget.areEqual(try value(of: left), try value(of: right))))
        case "in": return .bool(try contains(try value(of: right), try value(of: left)))
        case "<": return .bool(try ExpressionArithmetic.isLess(try value(of: left), try value(of: right)))
        case ">": return .bool(try ExpressionArithmetic.isLess(try value(of: right), try value(of: left)))
        case "<=": return .bool(!(try ExpressionArithmetic.isLess(try value(of: right), try value(of: left))))
        case ">=": return .bool(!(try ExpressionArithmetic.isLess(try value(of: left), try value(of: right))))
        default:
            let (left, right) = (try value(of: left), try value(of: right))
            try budget.spend(on: [left, right])
            return try ExpressionArithmetic.combine(sign, left, right)
        }
    }

    private func either(_ left: Expression, _ right: Expression, decides: Bool) throws(ExpressionError) -> Bool {
        do throws(ExpressionError) {
            if try flag(left) == decides { return decides }
        } catch {
            if (try? flag(right)) == decides { return decides }
            throw error
        }
        return try flag(right)
    }

    private func contains(_ container: JSONValue, _ value: JSONValue) throws(ExpressionError) -> Bool {
        switch container {
        case .array(let elements): return try index(of: value, in: elements) >= 0
        case .object(let object): return value.stringValue.map { object[$0] != nil } ?? false
        default: throw ExpressionError("no such overload")
        }
    }

    /// Below zero when it is not there.
    private func index(of value: JSONValue, in list: [JSONValue]) throws(ExpressionError) -> Int {
        for (index, element) in list.enumerated() where try budget.areEqual(element, value) { return index }
        return -1
    }

    private func quantify(
        _ name: String, _ container: JSONValue, _ names: [String], _ bodies: [Expression]
    ) throws(ExpressionError) -> JSONValue {
        let elements = container.arrayValue ?? container.objectValue?.keys.map(JSONValue.string) ?? []
        let body = bodies[0]
        var kept: [JSONValue] = []
        for (index, element) in elements.enumerated() {
            let key = container.arrayValue == nil ? element : JSONValue(index)
            let second = container.arrayValue == nil ? container[element.stringValue ?? ""] ?? .null : element
            let inner = names.count == 2 ? with(names, [key, second]) : with(names, [element])
            if name == "map" {
                if bodies.count == 2, !(try inner.flag(body)) { continue }
                kept.append(try inner.value(of: bodies.count == 2 ? bodies[1] : body))
            } else if try inner.flag(body) {
                kept.append(element)
            }
        }
        switch name {
        case "all": return .bool(kept.count == elements.count)
        case "exists": return .bool(!kept.isEmpty)
        case "exists_one", "existsOne": return .bool(kept.count == 1)
        default: return .array(kept)
        }
    }
}

/// Comparison and arithmetic: whole numbers stay whole.
enum ExpressionArithmetic {
    static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let one = left.numberValue, let other = right.numberValue { return one.doubleValue == other.doubleValue }
        return left == right
    }

    static func isLess(_ left: JSONValue, _ right: JSONValue) throws(ExpressionError) -> Bool {
        switch (left, right) {
        case (.number(let one), .number(let other)): return one.doubleValue < other.doubleValue
        case (.string(let one), .string(let other)): return one < other
        case (.bool(let one), .bool(let other)): return !one && other
        case (.object, .object):
            // Quantities, durations and times are kept as what they amount to.
            guard let one = left["amount"]?.numberValue, let other = right["amount"]?.numberValue else {
                throw ExpressionError("no such overload")
            }
            return one.doubleValue < other.doubleValue
        default: throw ExpressionError("no such overload")
        }
    }

    static func combine(_ sign: String, _ left: JSONValue, _ right: JSONValue) throws(ExpressionError) -> JSONValue {
        switch (left, right) {
        case (.number(let one), .number(let other)):
            if one.isIntegral, other.isIntegral, let one = one.intValue, let other = other.intValue {
                return JSONValue(try whole(sign, one, other))
            }
            return JSONNumber(try fraction(sign, one.doubleValue, other.doubleValue)).map(JSONValue.number) ?? .null
        case (.string(let one), .string(let other)) where sign == "+": return .string(one + other)
        case (.array(let one), .array(let other)) where sign == "+": return .array(one + other)
        default: throw ExpressionError("no such overload")
        }
    }

    private static func whole(_ sign: String, _ left: Int, _ right: Int) throws(ExpressionError) -> Int {
        if sign == "/" || sign == "%" {
            guard right != 0 else { throw ExpressionError(sign == "/" ? "division by zero" : "modulus by zero") }
            guard right != -1 else { return sign == "%" ? 0 : try whole("-", 0, left) }
            return sign == "/" ? left / right : left % right
        }
        let (result, overflows) =
            switch sign {
            case "+": left.addingReportingOverflow(right)
            case "-": left.subtractingReportingOverflow(right)
            default: left.multipliedReportingOverflow(by: right)
            }
        guard !overflows else { throw ExpressionError("integer overflow") }
        return result
    }

    private static func fraction(_ sign: String, _ left: Double, _ right: Double) throws(ExpressionError) -> Double {
        switch sign {
        case "+": left + right
        case "-": left - right
        case "*": left * right
        case "/": left / right
        default: throw ExpressionError("no such overload")
        }
    }
}
