/// Text from a cluster, made safe to show: nothing in it can steer a terminal or reorder a line. `StyledText` and `Frame` do so with all that
/// they are given; who measures a text before needs it safe before.
package enum SafeText {
    /// `text` on one line, with every control character made visible (`␛`, `␊`, `␡`), tabs widened to the next multiple of
    /// `tabWidth`, and characters that reorder text replaced by `�`.
    package static func line(_ text: String, tabWidth: Int = 8) -> String {
        if isPlain(text) { return text }
        var safe = String.UnicodeScalarView()
        var column = 0
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                let spaces = tabWidth - column % tabWidth
                safe.append(contentsOf: repeatElement(" ", count: spaces))
                column += spaces
            } else {
                let shown = visible(scalar)
                safe.append(shown)
                column += TextWidth.of(shown)
            }
        }
        return String(safe)
    }

    /// The lines of `text`, each made safe; a last empty line is dropped, and `\r\n` ends a line as `\n` does.
    package static func lines(_ text: String, tabWidth: Int = 8) -> [String] {
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { scalars in
            var scalars = scalars
            if scalars.last == "\r" { scalars.removeLast() }
            return line(String(scalars), tabWidth: tabWidth)
        }
    }

    /// What stands for a character on the screen: itself unless it controls something.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "␡"
        case 0x80..<0xA0: "\u{FFFD}"
        case 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
        case 0xFFFE, 0xFFFF: "\u{FFFD}"
        default: scalar
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in bytes.allSatisfy { (0x20..<0x7F).contains($0) } } ?? false
    }
}
