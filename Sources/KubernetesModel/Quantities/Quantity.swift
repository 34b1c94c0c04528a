/// An amount of a resource, exact in decimal: `100m`, `1.5Gi`, `12e6`.
///
/// Parsing, rounding and canonical form follow k8s.io/apimachinery/pkg/api/resource: nothing is finer than a billionth, what would be is
/// rounded away from zero, and amounts with binary suffixes end at 2^63-1.
package struct Quantity: Sendable {
    /// The family of suffixes in which an amount is printed.
    package enum Format: Sendable, Hashable {
        case decimalSI, decimalExponent, binarySI
    }

    /// Without trailing zeros.
    let mantissa: Int128
    /// Of ten; never below -9.
    let exponent: Int
    package var format: Format
    /// The text it was read from, when the API server would print that again.
    private let original: String?

    /// - Parameter exponent: of ten.
    init(mantissa: Int128, exponent: Int, format: Format, original: String? = nil) {
        var mantissa = mantissa
        var exponent = mantissa == 0 ? 0 : exponent
        if exponent < Self.smallestExponent {
            mantissa = Self.roundedUp(mantissa, dividedByTenTo: Self.smallestExponent - exponent)
            exponent = Self.smallestExponent
        }
        while mantissa != 0, mantissa % 10 == 0 {
            mantissa /= 10
            exponent += 1
        }
        self.mantissa = mantissa
        self.exponent = exponent
        self.format = format
        self.original = original
    }

    static let smallestExponent = -9

    package static let zero = Quantity(0)

    package init(_ value: Int, format: Format = .decimalSI) {
        self.init(mantissa: Int128(value), exponent: 0, format: format)
    }

    /// - Parameter milli: thousandths, as CPU is mostly counted.
    package init(milli: Int, format: Format = .decimalSI) {
        self.init(mantissa: Int128(milli), exponent: -3, format: format)
    }

    /// - Parameter nano: billionths, as metrics count CPU.
    package init(nano: Int, format: Format = .decimalSI) {
        self.init(mantissa: Int128(nano), exponent: -9, format: format)
    }

    package init(_ text: String) throws(QuantityError) {
        let parts = try QuantityParts(text)
        var quantity = try parts.quantity()
        if parts.isPrintedAsWritten(text) {
            quantity = Quantity(mantissa: quantity.mantissa, exponent: quantity.exponent, format: quantity.format, original: text)
        }
        self = quantity
    }

    /// Nil when `json` is neither a string nor a number, or no quantity.
    package init?(_ json: JSONValue?) {
        let text: String
        switch json {
        case .string(let string): text = string
        case .number(let number): text = number.text
        default: return nil
        }
        guard let quantity = try? Quantity(text.trimmingSpaces) else { return nil }
        self = quantity
    }

    package var isZero: Bool { mantissa == 0 }
    package var isNegative: Bool { mantissa < 0 }

    /// Whole units, rounded away from zero; the nearest that fits.
    package var value: Int { scaled(to: 0) }

    /// Thousandths, rounded away from zero; the nearest that fits.
    package var milliValue: Int { scaled(to: -3) }

    package var doubleValue: Double {
        Double("\(mantissa)e\(exponent)") ?? .nan
    }

    /// The amount in units of 10^`scale`, rounded away from zero; the nearest that fits.
    package func scaled(to scale: Int) -> Int {
        let shift = exponent - scale
        if shift < 0 { return Int(clamping: Self.roundedUp(mantissa, dividedByTenTo: -shift)) }
        guard let product = Self.multiply(mantissa, byTenTo: shift) else { return mantissa < 0 ? .min : .max }
        return Int(clamping: product)
    }

    /// Rounded away from zero to a multiple of 10^`scale`, and in canonical form.
    package func roundedUp(to scale: Int) -> Quantity {
        guard exponent < scale else { return Quantity(mantissa: mantissa, exponent: exponent, format: format) }
        return Quantity(mantissa: Self.roundedUp(mantissa, dividedByTenTo: scale - exponent), exponent: scale, format: format)
    }

    static func multiply(_ value: Int128, byTenTo power: Int) -> Int128? {
        guard value != 0 else { return 0 }
        guard power <= 38 else { return nil }
        var result = value
        for _ in 0..<power {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }

    static func roundedUp(_ value: Int128, dividedByTenTo power: Int) -> Int128 {
        guard let divisor = multiply(1, byTenTo: power) else { return Int128(value.signum()) }
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder == 0 ? quotient : quotient + Int128(remainder.signum())
    }
}

extension Quantity: Hashable, Comparable {
    package static func == (left: Quantity, right: Quantity) -> Bool {
        left.mantissa == right.mantissa && left.exponent == right.exponent
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(mantissa)
        hasher.combine(exponent)
    }

    package static func < (left: Quantity, right: Quantity) -> Bool {
        let exponent = min(left.exponent, right.exponent)
        guard let first = multiply(left.mantissa, byTenTo: left.exponent - exponent),
            let second = multiply(right.mantissa, byTenTo: right.exponent - exponent)
        else { return left.doubleValue < right.doubleValue }
        return first < second
    }
}

extension Quantity: AdditiveArithmetic {
    /// Printed in the format of `left`, or of `right` when `left` is nothing.
    package static func + (left: Quantity, right: Quantity) -> Quantity {
        let format = left.isZero ? right.format : left.format
        // Beyond 38 digits the finest ones go: nothing that a cluster counts has so many. Somebody may write 1e2147483647 all the same,
        // and the way there is long.
        var exponent = max(min(left.exponent, right.exponent), max(left.exponent, right.exponent) - 38)
        while true {
            if let first = left.mantissa(at: exponent), let second = right.mantissa(at: exponent) {
                let (sum, overflow) = first.addingReportingOverflow(second)
                if !overflow { return Quantity(mantissa: sum, exponent: exponent, format: format) }
            }
            exponent += 1
        }
    }

    package static func - (left: Quantity, right: Quantity) -> Quantity {
        left + -right
    }

    package static prefix func - (quantity: Quantity) -> Quantity {
        Quantity(mantissa: quantity.mantissa == .min ? .max : -quantity.mantissa, exponent: quantity.exponent, format: quantity.format)
    }

    private func mantissa(at exponent: Int) -> Int128? {
        self.exponent >= exponent
            ? Self.multiply(mantissa, byTenTo: self.exponent - exponent)
            : Self.roundedUp(mantissa, dividedByTenTo: exponent - self.exponent)
    }
}

extension Quantity: CustomStringConvertible {
    /// As the API server prints it after reading it.
    package var description: String { original ?? canonical }

    package var json: JSONValue { .string(description) }

    /// Canonical form: the largest suffix that leaves no fraction.
    package var canonical: String {
        guard mantissa != 0 else { return "0" }
        if format == .binarySI, let text = binaryText { return text }
        let remainder = ((exponent % 3) + 3) % 3
        guard let digits = Self.multiply(mantissa, byTenTo: remainder) else { return "\(mantissa)e\(exponent)" }
        let power = exponent - remainder
        if format != .decimalExponent, let suffix = Self.decimalSuffixes[power] { return "\(digits)\(suffix)" }
        return power == 0 ? "\(digits)" : "\(digits)e\(power)"
    }

    /// Nil when decimal suffixes show more: below 1024 and with fractions.
    private var binaryText: String? {
        guard exponent >= 0, var value = Self.multiply(mantissa, byTenTo: exponent), value.magnitude >= 1024 else { return nil }
        var power = 0
        while value % 1024 == 0, power < Self.binarySuffixes.count - 1 {
            value /= 1024
            power += 1
        }
        return "\(value)\(Self.binarySuffixes[power])"
    }

    static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
    static let decimalSuffixes = [-9: "n", -6: "u", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T", 15: "P", 18: "E"]
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
