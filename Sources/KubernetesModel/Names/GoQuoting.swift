extension String {
    /// The text in quotes with escapes, as Go's `%q` prints it in Kubernetes's messages.
    package var goQuoted: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{07}": quoted += "\\a"
            case "\u{08}": quoted += "\\b"
            case "\u{0B}": quoted += "\\v"
            case "\u{0C}": quoted += "\\f"
            default: quoted += scalar.isPrintableInGo ? String(scalar) : scalar.goEscape
            }
        }
        return quoted + "\""
    }
}

extension Unicode.Scalar {
    fileprivate var isPrintableInGo: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: self == " "
        default: true
        }
    }

    fileprivate var goEscape: String {
        let digits = String(value, radix: 16)
        let (letter, count) = value < 0x80 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: count - digits.count) + digits
    }
}
