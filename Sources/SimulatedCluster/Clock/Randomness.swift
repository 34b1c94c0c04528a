/// The cluster's source of chance: the same seed gives the same names, uids and choices.
package final class Randomness {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    package func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<bound`; `bound` is at least 1.
    package func next(below bound: Int) -> Int {
        Int(next() % UInt64(max(bound, 1)))
    }

    /// Letters and digits without those that make words or look alike, as Kubernetes puts them behind generated names.
    package static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

    package func suffix(_ length: Int = 5) -> String {
        String((0..<length).map { _ in Self.alphabet[next(below: Self.alphabet.count)] })
    }

    /// A random UUID, version 4.
    package func uuid() -> String {
        let high = (next() & ~0xF000) | 0x4000
        let low = (next() & ~(0b11 << 62)) | (0b10 << 62)
        let digits = [high, low].map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { range in
            digits[
                digits.index(digits.startIndex, offsetBy: range.lowerBound)..<digits.index(digits.startIndex, offsetBy: range.upperBound)]
        }
        return parts.joined(separator: "-")
    }
}
