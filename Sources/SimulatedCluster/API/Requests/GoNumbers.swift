import KubernetesModel

/// Numbers as Go keeps those of objects it has no fields for: integers of 64 bits, all others as floating point.
enum GoNumbers {
    static func normalized(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): .number(normalized(number))
        case .array(let elements): .array(elements.map(normalized))
        case .object(let object): .object(object.mapValues(normalized))
        default: value
        }
    }

    /// Whether there is a number that would change.
    static func differ(in value: JSONValue) -> Bool {
        switch value {
        case .number(let number): normalized(number) != number
        case .array(let elements): elements.contains(where: differ)
        case .object(let object): object.contains { differ(in: $0.value) }
        default: false
        }
    }

    private static func normalized(_ number: JSONNumber) -> JSONNumber {
        if let whole = Int(number.text) { return JSONNumber(whole) }
        return JSONNumber(text: text(number.doubleValue)) ?? number
    }

    /// The shortest digits that mean the number, with an exponent only where it is very large or very small.
    static func text(_ number: Double) -> String {
        let parts = number.magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count == 2 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        let sign = number.sign == .minus ? "-" : ""
        let digits = (mantissa[0] + fraction).drop { $0 == "0" }
        guard number.isFinite, !digits.isEmpty else { return sign + "0" }
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
