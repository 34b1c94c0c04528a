import KubernetesModel

/// Values as Go's formatting prints them in messages.
enum GoText {
    /// A field's bad value: strings quoted, numbers and booleans bare, the rest as JSON with sorted keys.
    static func of(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text.goQuoted
        default: String(decoding: JSONWriter.compact(sorted(value)), as: UTF8.self)
        }
    }

    /// A number as `%f` prints it.
    static func fixed(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Inf" : "+Inf" }
        let millionths = (abs(number) * 1_000_000).rounded()
        guard millionths < 1e15 else { return "\(number)" }
        let digits = String(Int(millionths))
        let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        return (number < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var object = object.mapValues(sorted)
            object.sortKeys()
            return .object(object)
        case .array(let elements): return .array(elements.map(sorted))
        default: return value
        }
    }
}
