import KubernetesModel

/// Numbers as Go keeps those of objects it has no fields for: integers of 64 bits, all others as floating point.
enum GoNumbers {
    /// A number beyond all floating point.
    struct TooLarge: Error {
        let text: String
    }

    /// Nil where nothing differs.
    static func normalized(_ value: JSONValue) throws(TooLarge) -> JSONValue? {
        switch value {
        case .number(let number): return try normalized(number).map(JSONValue.number)
        case .array(var elements):
            var isChanged = false
            for (index, element) in elements.enumerated() {
                guard let changed = try normalized(element) else { continue }
                (elements[index], isChanged) = (changed, true)
            }
            return isChanged ? .array(elements) : nil
        case .object(var object):
            var isChanged = false
            for (key, member) in object {
                guard let changed = try normalized(member) else { continue }
                (object[key], isChanged) = (changed, true)
            }
            return isChanged ? .object(object) : nil
        default: return nil
        }
    }

    private static func normalized(_ number: JSONNumber) throws(TooLarge) -> JSONNumber? {
        let plain: String
        if let whole = Int(number.text) {
            plain = String(whole)
        } else {
            guard number.doubleValue.isFinite else { throw TooLarge(text: number.text) }
            plain = text(number.doubleValue)
        }
        return plain == number.text ? nil : JSONNumber(text: plain)
    }

    /// The shortest digits that mean the number, with an exponent only where it is very large or very small.
    static func text(_ number: Double) -> String {
        let parts = number.magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count == 2 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        let sign = number.sign == .minus ? "-" : ""
        let digits = (mantissa[0] + fraction).drop { $0 == "0" }
        guard !digits.isEmpty else { return sign + "0" }
        // Where the point stands, counted from the first digit that isn't zero.
        let leading = (mantissa[0] + fraction).count - digits.count
        let point = mantissa[0].count - leading + (parts.count == 2 ? Int(parts[1]) ?? 0 : 0)
        let significant = String(digits.reversed().drop { $0 == "0" }.reversed())
        switch point {
        case -5...0: return sign + "0." + String(repeating: "0", count: -point) + significant
        case 1...21 where significant.count <= point:
            return sign + significant + String(repeating: "0", count: point - significant.count)
        case 1...21: return sign + significant.prefix(point) + "." + significant.dropFirst(point)
        default:
            let rest = significant.dropFirst()
            return sign + significant.prefix(1) + (rest.isEmpty ? "" : "." + rest) + (point < 1 ? "e-" : "e+") + String(abs(point - 1))
        }
    }
}
