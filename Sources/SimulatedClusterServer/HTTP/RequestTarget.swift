/// The path and query of an HTTP request's target.
struct RequestTarget {
    /// Percent-encoded, as it was sent.
    let path: String
    /// Decoded, in the order of the request.
    let query: [(name: String, value: String)]
    /// As it was sent; empty when there is none.
    let rawQuery: String

    init(_ target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        rawQuery = parts.count == 2 ? String(parts[1]) : ""
        query = rawQuery.split(separator: "&", omittingEmptySubsequences: true).map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(sides[0]), sides.count == 2 ? Self.decoded(sides[1]) : "")
        }
    }

    /// Decodes a form's encoding: `%XX` and `+` for a space. What is not an encoding stays as it is.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(hexDigits: digits) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate init?(hexDigits: Substring.UTF8View.SubSequence) {
        var value: UInt8 = 0
        for digit in hexDigits {
            guard let number = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            value = value << 4 | UInt8(number)
        }
        self = value
    }
}
