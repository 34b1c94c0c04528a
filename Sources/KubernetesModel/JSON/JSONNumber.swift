/// A JSON number as it was written: `1e3`, `0.10` and integers beyond 64 bits survive reading and writing.
package struct JSONNumber: Sendable, Hashable {
    /// The number's text, valid by RFC 8259.
    package let text: String

    /// Takes text that the parser has checked.
    init(checked text: String) {
        self.text = text
    }

    package init(_ value: Int) {
        text = String(value)
    }

    /// Nil for infinities and NaN, which JSON does not have.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = Int(exactly: value).map(String.init) ?? String(value)
    }

    /// Nil when `text` is not a JSON number.
    package init?(text: String) {
        guard case .number(let number)? = try? JSONParser.parse(Array(text.utf8)) else { return nil }
        self = number
    }

    /// The value when it is a whole number within 64 bits, written as one (`5`) or not (`5.0`, `5e0`).
    package var intValue: Int? {
        Int(text) ?? Double(text).flatMap(Int.init(exactly:))
    }

    package var doubleValue: Double {
        Double(text) ?? .nan
    }

    /// Whether it is written without fraction and exponent.
    package var isIntegral: Bool {
        !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    }
}
