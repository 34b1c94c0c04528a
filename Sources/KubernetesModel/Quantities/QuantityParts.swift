/// Why a text is no quantity, in the API server's words.
package enum QuantityError: Error, Sendable, Hashable, CustomStringConvertible {
    case format, number, suffix

    package var description: String {
        switch self {
        case .format: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
        case .number: "unable to parse numeric part of quantity"
        case .suffix: "unable to parse quantity's suffix"
        }
    }
}

/// A quantity's text, taken apart: sign, digits before and after the point, suffix.
struct QuantityParts {
    private var isNegative = false
    /// Without leading zeros, but at least one digit.
    private var whole: [UInt8] = []
    private var fraction: [UInt8] = []
    private var scale: Scale

    private enum Scale {
        case decimal(exponent: Int, Quantity.Format)
        /// A power of two.
        case binary(Int)
    }

    init(_ text: String) throws(QuantityError) {
        var rest = Substring(text).utf8
        guard let first = rest.first else { throw .format }
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        whole = Array(rest.drop { $0 == UInt8(ascii: "0") }.prefix(while: Self.isDigit))
        rest = rest.drop(while: Self.isDigit)
        if whole.isEmpty { whole = [UInt8(ascii: "0")] }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = Array(rest.prefix(while: Self.isDigit))
            rest = rest.drop(while: Self.isDigit)
        }
        let letters = rest.prefix { "eEinumkKMGTP".utf8.contains($0) }
        var digits = rest[letters.endIndex...]
        if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits = digits.dropFirst() }
        guard digits.allSatisfy(Self.isDigit) else { throw .format }
        scale = try Self.scale(String(Substring(rest)))
    }

    private static func scale(_ suffix: String) throws(QuantityError) -> Scale {
        if let entry = Quantity.decimalSuffixes.first(where: { $0.value == suffix }) { return .decimal(exponent: entry.key, .decimalSI) }
        if let power = Quantity.binarySuffixes.firstIndex(of: suffix) { return .binary(power * 10) }
        guard let first = suffix.first, first == "e" || first == "E", let exponent = Int32(suffix.dropFirst()) else { throw .suffix }
        return .decimal(exponent: Int(exponent), .decimalExponent)
    }

    func quantity() throws(QuantityError) -> Quantity {
        var digits = whole + fraction
        while digits.count > 1, digits.last == UInt8(ascii: "0"), digits.count > whole.count { digits.removeLast() }
        guard let magnitude = Int128(String(decoding: digits, as: UTF8.self)) else { throw .number }
        let value = isNegative ? -magnitude : magnitude
        let places = digits.count - whole.count
        switch scale {
        case .decimal(let exponent, let format):
            return Quantity(mantissa: value, exponent: exponent - places, format: format)
        case .binary(let power):
            let (product, overflow) = value.multipliedReportingOverflow(by: Int128(1) << Int128(power))
            let largest = Quantity(mantissa: Int128(Int64.max), exponent: 0, format: .binarySI)
            if overflow { return isNegative ? -largest : largest }
            let quantity = Quantity(mantissa: product, exponent: -places, format: .binarySI)
            return quantity > largest ? largest : quantity < -largest ? -largest : quantity
        }
    }

    /// The API server keeps some texts as they are: those that a quick look takes for canonical.
    func isPrintedAsWritten(_ text: String) -> Bool {
        if text == "0" { return true }
        let digits = whole + fraction
        switch scale {
        case .decimal(let exponent, _):
            let places = exponent - fraction.count
            return digits.count <= 18 && places >= Quantity.smallestExponent && places % 3 == 0 && digits.first != UInt8(ascii: "0")
                && !digits.suffix(3).elementsEqual(repeatElement(UInt8(ascii: "0"), count: 3))
        case .binary(let power):
            guard fraction.isEmpty, whole.count <= 15 - power * 3 / 10 - 1, let value = Int(String(decoding: whole, as: UTF8.self)) else {
                return false
            }
            return value & 7 != 0
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
