import Foundation

/// A value of awk: a number, a text, or a text from outside that looks like a number and counts as one.
enum AwkValue {
    case missing
    case number(Double)
    case text(String)
    case input(String, Double)

    /// What was read: a text that may be a number as well.
    init(input text: String) {
        let trimmed = text.drop { " \t\n".contains($0) }
        let (value, length) = Self.leadingNumber(String(trimmed))
        let isNumber = length > 0 && trimmed.dropFirst(length).allSatisfy { " \t\n".contains($0) }
        self = isNumber ? .input(text, value) : .text(text)
    }

    init(_ condition: Bool) { self = .number(condition ? 1 : 0) }

    var isNumeric: Bool {
        if case .text = self { false } else { true }
    }

    var number: Double {
        switch self {
        case .missing: 0
        case .number(let value), .input(_, let value): value
        case .text(let text): Self.leadingNumber(String(text.drop { " \t\n".contains($0) })).value
        }
    }

    var isTrue: Bool {
        switch self {
        case .missing: false
        case .number(let value), .input(_, let value): value != 0
        case .text(let text): !text.isEmpty
        }
    }

    /// - Parameter format: for numbers that are not whole.
    func text(_ format: String = "%.6g") -> String {
        switch self {
        case .missing: ""
        case .text(let text), .input(let text, _): text
        case .number(let value):
            value == value.rounded() && abs(value) < 1e16 ? String(Int(value)) : AwkFormat.print(format, [self], limit: .max)
        }
    }

    /// A whole number within the machine's range, whatever the value.
    var integer: Int {
        let number = number
        return number.isNaN ? 0 : Int(max(-9e15, min(number, 9e15)))
    }

    /// The number with which a text begins, and of how many characters it is; (0, 0) without one.
    static func leadingNumber(_ text: String) -> (value: Double, length: Int) {
        let digits = Array(text.utf8)
        var end = 0
        func skipDigits(_ start: Int) -> Int { start + digits[min(start, digits.count)...].prefix { 48...57 ~= $0 }.count }
        if end < digits.count, digits[end] == UInt8(ascii: "-") || digits[end] == UInt8(ascii: "+") { end += 1 }
        let start = end
        end = skipDigits(end)
        var count = end - start
        if end < digits.count, digits[end] == UInt8(ascii: ".") {
            let fraction = skipDigits(end + 1)
            count += fraction - end - 1
            if count > 0 { end = fraction }
        }
        guard count > 0 else { return (0, 0) }
        if end < digits.count, digits[end] | 0x20 == UInt8(ascii: "e") {
            var exponent = end + 1
            if exponent < digits.count, digits[exponent] == UInt8(ascii: "-") || digits[exponent] == UInt8(ascii: "+") { exponent += 1 }
            let last = skipDigits(exponent)
            if last > exponent { end = last }
        }
        return (Double(String(decoding: digits[..<end], as: UTF8.self)) ?? 0, end)
    }
}

/// `printf` and `sprintf`.
enum AwkFormat {
    /// Nobody reads wider columns.
    private static let widest = 65_536

    /// - Parameter limit: of bytes, beyond which nothing more is made.
    static func print(_ format: String, _ values: [AwkValue], limit: Int) -> String {
        var values = values[...]
        var result = ""
        var rest = Array(format)[...]
        while result.utf8.count <= limit, let character = rest.popFirst() {
            guard character == "%" else {
                result.append(character)
                continue
            }
            let flags = rest.prefix { "-+ #0".contains($0) }
            rest = rest.dropFirst(flags.count)
            let width = size(&rest, &values)
            var precision: Int?
            if rest.first == "." {
                rest = rest.dropFirst()
                precision = size(&rest, &values) ?? 0
            }
            guard let kind = rest.popFirst() else { return result + "%" }
            guard kind != "%" else {
                result.append("%")
                continue
            }
            let text = converted(kind, String(flags), precision, values.popFirst() ?? .missing)
            result += padded(text, width ?? 0, flags, isNumber: !"sc".contains(kind))
        }
        return result
    }

    private static func size(_ rest: inout ArraySlice<Character>, _ values: inout ArraySlice<AwkValue>) -> Int? {
        if rest.first == "*" {
            rest = rest.dropFirst()
            return max(-widest, min(values.popFirst()?.integer ?? 0, widest))
        }
        let digits = rest.prefix(while: \.isNumber)
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : min(Int(String(digits)) ?? widest, widest)
    }

    private static func converted(_ kind: Character, _ flags: String, _ precision: Int?, _ value: AwkValue) -> String {
        let sign = flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
        switch kind {
        case "d", "i":
            let number = value.integer
            return (number < 0 ? "-" : sign) + zeros(String(number.magnitude), precision)
        case "u": return zeros(String(UInt(bitPattern: value.integer)), precision)
        case "o": return (flags.contains("#") ? "0" : "") + zeros(String(UInt(bitPattern: value.integer), radix: 8), precision)
        case "x", "X":
            let digits = String(UInt(bitPattern: value.integer), radix: 16, uppercase: kind == "X")
            return (flags.contains("#") ? "0\(kind)" : "") + zeros(digits, precision)
        case "f", "F", "e", "E", "g", "G":
            let hasSign = value.number.sign == .minus
            return (hasSign ? "" : sign) + String(format: "%.\(precision ?? 6)\(kind)", value.number)
        case "c":
            if case .number(let code) = value {
                return (code >= 0 && code < 0x11_0000 ? Unicode.Scalar(UInt32(code)) : nil).map { String(Character($0)) } ?? ""
            }
            return String(value.text().prefix(1))
        case "s": return precision.map { String(value.text().prefix(max(0, $0))) } ?? value.text()
        default: return "%\(kind)"
        }
    }

    private static func zeros(_ digits: String, _ precision: Int?) -> String {
        String(repeating: "0", count: max(0, (precision ?? 0) - digits.count)) + digits
    }

    private static func padded(_ text: String, _ width: Int, _ flags: ArraySlice<Character>, isNumber: Bool) -> String {
        let space = max(0, abs(width) - text.count)
        if width < 0 || flags.contains("-") { return text + String(repeating: " ", count: space) }
        guard flags.contains("0"), isNumber else { return String(repeating: " ", count: space) + text }
        let sign = text.prefix { "+- ".contains($0) }
        return sign + String(repeating: "0", count: space) + text.dropFirst(sign.count)
    }
}
