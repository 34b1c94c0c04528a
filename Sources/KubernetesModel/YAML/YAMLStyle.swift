/// In which way a string is written in YAML: without quotes where nothing can go wrong, else as the library behind kubectl would.
enum YAMLStyle {
    case plain, singleQuoted, doubleQuoted, literal

    /// - Parameter isKey: keys stay on one line.
    init(for text: String, isKey: Bool) {
        let traits = Traits(text)
        if text.utf8.contains(UInt8(ascii: "\n")) {
            self = isKey || !traits.allowsLiteral ? .doubleQuoted : .literal
        } else if YAMLScalar.resolve(text) != .string || YAMLScalar.looksLikeBase60(text) {
            self = .doubleQuoted
        } else if traits.allowsPlain {
            self = .plain
        } else {
            self = traits.allowsSingleQuotes ? .singleQuoted : .doubleQuoted
        }
    }

    /// What stands in a string that some styles can't show.
    private struct Traits {
        var allowsPlain = true
        var allowsSingleQuotes = true
        var allowsLiteral = true

        init(_ text: String) {
            let scalars = Array(text.unicodeScalars)
            if text.hasPrefix("---") || text.hasPrefix("...") { allowsPlain = false }
            var previous: Unicode.Scalar?
            for (index, scalar) in scalars.enumerated() {
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                look(at: scalar, after: previous, before: next)
                previous = scalar
            }
        }

        private mutating func look(at scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?) {
            if scalar == "\n" {
                allowsPlain = false
                if previous == " " { allowNothing() }
            } else if scalar == " " {
                if previous == nil { allowsPlain = false }
                if let previous, YAMLStyle.isBreak(previous) { (allowsPlain, allowsSingleQuotes) = (false, false) }
                if next == nil { (allowsPlain, allowsLiteral) = (false, false) }
            } else if !YAMLStyle.isPrintable(scalar) || YAMLStyle.isBreak(scalar) {
                allowNothing()
            } else if isIndicator(scalar, after: previous, before: next) {
                allowsPlain = false
            }
        }

        private mutating func allowNothing() {
            (allowsPlain, allowsSingleQuotes, allowsLiteral) = (false, false, false)
        }

        private func isIndicator(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?) -> Bool {
            let endsWord = next.map { $0 == " " || $0 == "\t" || YAMLStyle.isBreak($0) } ?? true
            switch scalar {
            case ":": return endsWord
            case "#": return previous.map { $0 == " " || YAMLStyle.isBreak($0) } ?? true
            case "?", "-": return previous == nil && endsWord
            case ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": return previous == nil
            default: return false
            }
        }
    }

    static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}"
    }

    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
        case 0x1_0000...: true
        default: false
        }
    }
}
