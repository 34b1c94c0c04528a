/// Text from a cluster, or from a program, made safe to print: what would steer the terminal is shown, not sent to it.
package enum VisibleText {
    /// One line: breaks and tabs become spaces.
    package static func of(_ text: String) -> String {
        replacing(text) { $0 == "\n" || $0 == "\t" ? " " : "\\u{\(String($0.value, radix: 16))}" }
    }

    /// JSON that means the same, with escapes for what JSON allows to stand in strings as it is. It may be indented.
    package static func json(_ text: String) -> String {
        replacing(text) { scalar in
            guard scalar != "\n" else { return "\n" }
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    private static func replacing(_ text: String, by replacement: (Unicode.Scalar) -> String) -> String {
        guard text.unicodeScalars.contains(where: \.steersText) else { return text }
        var visible = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.steersText {
                visible.append(contentsOf: replacement(scalar).unicodeScalars)
            } else {
                visible.append(scalar)
            }
        }
        return String(visible)
    }
}

extension Unicode.Scalar {
    /// Whether it is obeyed and not shown: C0, DEL, C1, separators of lines, and what turns the direction of the text around it.
    package var steersText: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
