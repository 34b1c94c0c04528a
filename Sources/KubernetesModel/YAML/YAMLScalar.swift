/// What a scalar without quotes means, by the rules of the YAML library that Kubernetes uses: YAML 1.1 with its many booleans.
enum YAMLScalar: Equatable {
    case string
    case null
    case bool(Bool)
    case number(JSONNumber)
    /// Infinities and what is not a number.
    case notInJSON
    /// Stays a string in JSON, but must be quoted so that YAML readers keep it one.
    case timestamp
    case merge

    static func resolve(_ text: String) -> YAMLScalar {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .bool(true)
        case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .bool(false)
        case "<<": return .merge
        case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF": return .notInJSON
        default: break
        }
        guard let first = text.utf8.first, first.isDigit || "+-.".utf8.contains(first) else { return .string }
        if isTimestamp(text) { return .timestamp }
        return number(text).map(YAMLScalar.number) ?? .string
    }

    private static func number(_ text: String) -> JSONNumber? {
        if let number = JSONNumber(text: text) { return number }
        let plain = text.filter { $0 != "_" }
        if let integer = integer(plain) { return integer }
        guard isDecimal(plain), let value = Double(plain.hasSuffix(".") ? plain + "0" : plain) else { return nil }
        return JSONNumber(value)
    }

    /// Whole numbers with Go's prefixes: `0x1F`, `0o17`, `017`, `0b11`.
    private static func integer(_ text: String) -> JSONNumber? {
        let isNegative = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" || $0 == "+" }
        guard text.utf8.count - digits.utf8.count <= 1, digits.utf8.first?.isDigit == true else { return nil }
        let value: UInt64? =
            switch digits.prefix(2).lowercased() {
            case "0x": UInt64(digits.dropFirst(2), radix: 16)
            case "0o": UInt64(digits.dropFirst(2), radix: 8)
            case "0b": UInt64(digits.dropFirst(2), radix: 2)
            case let prefix where prefix.hasPrefix("0") && digits.utf8.count > 1: UInt64(digits.dropFirst(1), radix: 8)
            default: UInt64(digits)
            }
        return value.flatMap { JSONNumber(text: (isNegative && $0 != 0 ? "-" : "") + String($0)) }
    }

    private static func isDecimal(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: \.isDigit)
        rest = rest[whole.endIndex...]
        var fractionDigits = 0
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: \.isDigit)
            fractionDigits = fraction.count
            rest = rest[fraction.endIndex...]
        }
        guard !whole.isEmpty || fractionDigits > 0 else { return false }
        guard let mark = rest.first else { return true }
        guard mark | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }

    /// `2001-12-14`, `2001-12-14t21:59:43.10-05:00`, `2001-12-14 21:59:43.10`.
    private static func isTimestamp(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        guard digits(4...4, &rest), skip("-", &rest), digits(1...2, &rest), skip("-", &rest), digits(1...2, &rest) else { return false }
        if rest.isEmpty { return true }
        let hasZone = skip("T", &rest) || skip("t", &rest)
        guard hasZone || skip(" ", &rest), digits(1...2, &rest), skip(":", &rest), digits(1...2, &rest), skip(":", &rest),
            digits(1...2, &rest)
        else { return false }
        if skip(".", &rest), !digits(1...9, &rest) { return false }
        guard hasZone else { return rest.isEmpty }
        if skip("Z", &rest) { return rest.isEmpty }
        return (skip("+", &rest) || skip("-", &rest)) && digits(2...2, &rest) && skip(":", &rest) && digits(2...2, &rest) && rest.isEmpty
    }

    private static func digits(_ count: ClosedRange<Int>, _ rest: inout Substring.UTF8View) -> Bool {
        let found = rest.prefix(while: \.isDigit)
        guard count.contains(found.count) else { return false }
        rest = rest[found.endIndex...]
        return true
    }

    private static func skip(_ character: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Whether a YAML 1.1 reader might take it for a number of base 60, such as `1:20`.
    static func looksLikeBase60(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isDigit || "+-".utf8.contains(first), text.utf8.contains(UInt8(ascii: ":")) else {
            return false
        }
        return text.utf8.allSatisfy { $0.isDigit || ":._+-".utf8.contains($0) }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
