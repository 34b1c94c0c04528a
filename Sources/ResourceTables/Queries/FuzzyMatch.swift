/// Letters found in order, as when a name is typed with gaps.
enum FuzzyMatch {
    /// How well the letters of `wanted` occur in order in `text`, both lower case; nil when they don't. More is better:
    /// letters in a row, and letters after a separator or at the start, count more, letters passed over count less.
    static func score(_ wanted: [UInt8], in text: some Collection<UInt8>) -> Int? {
        guard !wanted.isEmpty else { return 0 }
        var score = 0
        var next = wanted.startIndex
        var previousMatched = false
        var previous = UInt8(ascii: "/")
        for byte in text {
            if next < wanted.endIndex, byte == wanted[next] {
                score += 4 + (previousMatched ? 6 : 0) + (isSeparator(previous) ? 5 : 0)
                next += 1
                previousMatched = true
            } else {
                score -= 1
                previousMatched = false
            }
            previous = byte
        }
        return next == wanted.endIndex ? score : nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
    }
}
