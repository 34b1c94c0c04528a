import KubernetesModel
import KubernetesSemantics

/// The functions of the language that Kubernetes offers; a method's receiver is the first argument.
enum ExpressionFunctions {
    static func call(_ name: String, _ arguments: [JSONValue]) throws(ExpressionError) -> JSONValue {
        guard let subject = arguments.first else { throw ExpressionError("no such overload") }
        if let text = subject.stringValue, let result = try ofText(name, text, Array(arguments.dropFirst())) { return result }
        if let list = subject.arrayValue, let result = try ofList(name, list, Array(arguments.dropFirst())) { return result }
        if let result = try ofAny(name, subject, Array(arguments.dropFirst())) { return result }
        throw ExpressionError("undeclared reference to '\(name)' (in container '')")
    }

    private static func ofAny(_ name: String, _ value: JSONValue, _ rest: [JSONValue]) throws(ExpressionError) -> JSONValue? {
        switch name {
        case "size":
            guard let object = value.objectValue else { throw ExpressionError("no such overload") }
            return JSONValue(object.count)
        case "string": return .string(value.numberValue?.text ?? value.boolValue.map(String.init) ?? value.stringValue ?? "")
        case "int", "uint":
            guard let number = value.numberValue.map(\.doubleValue) ?? value.stringValue.flatMap(Double.init),
                let whole = Int(exactly: number.rounded(.towardZero))
            else { throw ExpressionError("type conversion error") }
            return JSONValue(whole)
        case "double": return (value.numberValue ?? value.stringValue.flatMap(JSONNumber.init(text:))).map(JSONValue.number)
        case "bool": return value.boolValue.map(JSONValue.bool) ?? .bool(value.stringValue == "true")
        case "type": return .string(SchemaValues.typeName(of: value))
        case "dyn": return value
        case "isGreaterThan": return rest.first.map { (try? ExpressionArithmetic.isLess($0, value)) ?? false }.map(JSONValue.bool)
        case "isLessThan": return rest.first.map { (try? ExpressionArithmetic.isLess(value, $0)) ?? false }.map(JSONValue.bool)
        case "compareTo":
            guard let other = rest.first else { return nil }
            if try ExpressionArithmetic.isLess(value, other) { return -1 }
            return try ExpressionArithmetic.isLess(other, value) ? 1 : 0
        case "orValue": return value == .null ? rest.first : value
        case "hasValue": return .bool(value != .null)
        default: return nil
        }
    }

    // MARK: Texts

    private static func ofText(_ name: String, _ text: String, _ rest: [JSONValue]) throws(ExpressionError) -> JSONValue? {
        let other = rest.first?.stringValue ?? ""
        switch name {
        case "size": return JSONValue(text.unicodeScalars.count)
        case "startsWith": return .bool(text.hasPrefix(other))
        case "endsWith": return .bool(text.hasSuffix(other))
        case "contains": return .bool(other.isEmpty || text.contains(other))
        case "matches": return .bool(try pattern(other).matches(text))
        case "lowerAscii": return .string(text.lowercased())
        case "upperAscii": return .string(text.uppercased())
        case "trim": return .string(text.trimmed)
        case "replace": return .string(text.replacing(other, with: rest.dropFirst().first?.stringValue ?? ""))
        case "split":
            if other.isEmpty { return JSONValue(text.map { String($0) }) }
            return JSONValue(text.split(separator: other, omittingEmptySubsequences: false).map(String.init))
        case "indexOf":
            return JSONValue(text.firstRange(of: other).map { text.distance(from: text.startIndex, to: $0.lowerBound) } ?? -1)
        case "substring": return .string(try substring(text, rest))
        case "charAt": return .string(try character(of: text, at: rest.first?.intValue ?? 0))
        case "find": return .string(try find(other, in: text))
        case "isIP", "ip": return .bool(IPAddress(text) != nil)
        case "isCIDR": return .bool(AddressBlock(text) != nil)
        case "isURL": return .bool(text.contains("://"))
        case "isQuantity": return .bool((try? Quantity(text)) != nil)
        case "quantity": return try quantity(text)
        case "duration", "timestamp": return try moment(name, text)
        default: return nil
        }
    }

    private static func pattern(_ text: String) throws(ExpressionError) -> RegularExpression {
        do throws(RegularExpression.Failure) {
            return try RegularExpression(text)
        } catch {
            throw ExpressionError("error parsing regexp: \(error.message)")
        }
    }

    private static func find(_ pattern: String, in text: String) throws(ExpressionError) -> String {
        let scalars = Array(text.unicodeScalars)
        let match = try self.pattern(pattern).firstMatch(in: scalars)
        return match.map { String(String.UnicodeScalarView(scalars[$0.range])) } ?? ""
    }

    private static func character(of text: String, at index: Int) throws(ExpressionError) -> String {
        guard (0...text.count).contains(index) else { throw ExpressionError("index out of range: \(index)") }
        return String(text.dropFirst(index).prefix(1))
    }

    private static func substring(_ text: String, _ rest: [JSONValue]) throws(ExpressionError) -> String {
        let characters = Array(text)
        let start = rest.first?.intValue ?? 0
        let end = rest.dropFirst().first?.intValue ?? characters.count
        guard start >= 0, start <= end, end <= characters.count else { throw ExpressionError("index out of range: \(start)") }
        return String(characters[start..<end])
    }

    private static func quantity(_ text: String) throws(ExpressionError) -> JSONValue {
        guard let quantity = try? Quantity(text) else { throw ExpressionError("quantities must match the regular expression") }
        return ["amount": JSONNumber(quantity.doubleValue).map(JSONValue.number) ?? 0]
    }

    private static func moment(_ name: String, _ text: String) throws(ExpressionError) -> JSONValue {
        let seconds = name == "duration" ? GoDuration.seconds(text) : KubernetesTime.parse(text).map { Double($0.nanoseconds) / 1e9 }
        guard let seconds, let number = JSONNumber(seconds) else {
            throw ExpressionError("type conversion error from 'string' to '\(name)'")
        }
        return ["amount": .number(number)]
    }

    // MARK: Lists

    private static func ofList(_ name: String, _ list: [JSONValue], _ rest: [JSONValue]) throws(ExpressionError) -> JSONValue? {
        switch name {
        case "size": return JSONValue(list.count)
        case "join": return .string(list.compactMap(\.stringValue).joined(separator: rest.first?.stringValue ?? ""))
        case "isSorted":
            for (left, right) in zip(list, list.dropFirst()) where try ExpressionArithmetic.isLess(right, left) { return false }
            return true
        case "sum":
            var total: JSONValue = 0
            for element in list { total = try ExpressionArithmetic.combine("+", total, element) }
            return total
        case "min", "max":
            guard var best = list.first else { throw ExpressionError("\(name) called on empty list") }
            for element in list.dropFirst() {
                let isBetter =
                    name == "min" ? try ExpressionArithmetic.isLess(element, best) : try ExpressionArithmetic.isLess(best, element)
                if isBetter { best = element }
            }
            return best
        default: return nil
        }
    }
}

/// Durations as Go writes them: `1h30m`, `250ms`.
enum GoDuration {
    private static let units = ["ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600]

    static func seconds(_ text: String) -> Double? {
        var rest = text[...]
        let sign: Double = rest.first == "-" ? -1 : 1
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        if rest == "0" { return 0 }
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let number = Double(digits), let factor = units[String(unit)] else { return nil }
            total += number * factor
        }
        return sign * total
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
