/// How many cells text takes on a terminal.
///
/// A table of our own: the C library's answer depends on the locale and its version, and a picture in a test must not.
package enum TextWidth {
    /// 0 for combining marks and format characters, 2 for wide ones, else 1.
    package static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        if contains(zeroWidth, scalar.value) { return 0 }
        return contains(doubleWidth, scalar.value) ? 2 : 1
    }

    /// Whether it is drawn on the character before it. Selectors of another look are not: terminals take them for other widths.
    static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.properties.isVariationSelector else { return false }
        return [.nonspacingMark, .enclosingMark, .spacingMark].contains(scalar.properties.generalCategory)
    }

    package static func of(_ text: some StringProtocol) -> Int {
        let utf8 = text.utf8
        // All of ASCII is one cell a byte, and nearly everything is ASCII.
        let ascii = utf8.withContiguousStorageIfAvailable { bytes in bytes.allSatisfy { $0 < 0x80 } }
        if ascii == true { return utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    /// The longest beginning of `text` that takes at most `width` cells.
    package static func prefix(_ text: some StringProtocol, _ width: Int) -> String {
        var left = width
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            left -= of(scalar)
            guard left >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// `text`, made safe, when it fits, else its beginning and an ellipsis.
    package static func truncated(_ text: String, _ width: Int) -> String {
        let text = SafeText.line(text)
        if of(text) <= width { return text }
        return width > 0 ? prefix(text, width - 1) + "…" : ""
    }

    private static func contains(_ ranges: [(first: UInt32, last: UInt32)], _ value: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if value > ranges[middle].last {
                low = middle + 1
            } else if value < ranges[middle].first {
                high = middle
            } else {
                return true
            }
        }
        return false
    }
}
