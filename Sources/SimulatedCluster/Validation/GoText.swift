import KubernetesModel

/// Values as Go's formatting prints them in messages.
enum GoText {
    /// `%q`.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{07}": result += "\\a"
            case "\u{08}": result += "\\b"
            case "\u{0B}": result += "\\v"
            case "\u{0C}": result += "\\f"
            default: result += isPrintable(scalar) ? String(scalar) : escape(scalar)
            }
        }
        return result + "\""
    }

    /// A field's bad value: strings quoted, numbers and booleans bare, the rest as JSON with sorted keys.
    static func of(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): quoted(text)
        default: String(decoding: JSONWriter.compact(sorted(value)), as: UTF8.self)
        }
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

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        if scalar.value < 0x80 { return "\\x" + String(repeating: "0", count: 2 - digits.count) + digits }
        if scalar.value < 0x10000 { return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits }
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
