/// Reads text with the colour sequences that programs write for terminals. Colours and attributes are kept, every other control
/// sequence is left visible as text.
package enum ANSIText {
    package static func parse(_ text: String, base: Style = .plain) -> StyledText {
        guard text.unicodeScalars.contains("\u{1B}") else { return StyledText(text, base) }
        var result = StyledText()
        var style = base
        var rest = text[...]
        while let escape = rest.firstIndex(of: "\u{1B}") {
            append(rest[..<escape], style, to: &result)
            if let sequence = colorSequence(rest[escape...]) {
                style = sequence.codes.isEmpty ? base : apply(sequence.codes, to: style, base: base)
                rest = rest[sequence.end...]
            } else {
                append("␛", style, to: &result)
                rest = rest[rest.index(after: escape)...]
            }
        }
        append(rest, style, to: &result)
        return result
    }

    private static func append(_ part: Substring, _ style: Style, to result: inout StyledText) {
        if !part.isEmpty { result.append(String(part), style) }
    }

    /// `ESC [ 1 ; 31 m`; nil for any other sequence.
    private static func colorSequence(_ text: Substring) -> (codes: [Int], end: Substring.Index)? {
        var index = text.index(after: text.startIndex)
        guard index < text.endIndex, text[index] == "[" else { return nil }
        index = text.index(after: index)
        let start = index
        // Longer than any real one: an endless sequence must not be searched for its end again and again.
        while index < text.endIndex, text[index].isNumber || text[index] == ";", text.distance(from: start, to: index) < 32 {
            index = text.index(after: index)
        }
        guard index < text.endIndex, text[index] == "m" else { return nil }
        let codes = text[start..<index].split(separator: ";", omittingEmptySubsequences: false).compactMap { $0.isEmpty ? 0 : Int($0) }
        return (start == index ? [] : codes, text.index(after: index))
    }

    private static func apply(_ codes: [Int], to style: Style, base: Style) -> Style {
        var style = style
        var codes = codes[...]
        while let code = codes.popFirst() {
            switch code {
            case 0: style = base
            case 1: style.attributes.insert(.bold)
            case 2: style.attributes.insert(.dim)
            case 3: style.attributes.insert(.italic)
            case 4: style.attributes.insert(.underline)
            case 7: style.attributes.insert(.reverse)
            case 22: style.attributes.subtract([.bold, .dim])
            case 23: style.attributes.remove(.italic)
            case 24: style.attributes.remove(.underline)
            case 27: style.attributes.remove(.reverse)
            case 30...37: style.foreground = .indexed(UInt8(code - 30))
            case 38: style.foreground = extended(&codes) ?? style.foreground
            case 39: style.foreground = base.foreground
            case 40...47: style.background = .indexed(UInt8(code - 40))
            case 48: style.background = extended(&codes) ?? style.background
            case 49: style.background = base.background
            case 90...97: style.foreground = .indexed(UInt8(code - 82))
            case 100...107: style.background = .indexed(UInt8(code - 92))
            default: break
            }
        }
        return style
    }

    /// `5;n` or `2;r;g;b`.
    private static func extended(_ codes: inout ArraySlice<Int>) -> Color? {
        switch codes.popFirst() {
        case 5: return codes.popFirst().flatMap(UInt8.init(exactly:)).map(Color.indexed)
        case 2:
            let parts = codes.prefix(3).compactMap(UInt8.init(exactly:))
            codes = codes.dropFirst(3)
            return parts.count == 3 ? .rgb(parts[0], parts[1], parts[2]) : nil
        default: return nil
        }
    }
}
