/// What backslashes stand for in `echo -e`, `printf` and `tr`.
struct EscapedText {
    private(set) var bytes: [UInt8] = []
    /// Whether `\c` says that nothing more is to be written.
    private(set) var isEnded = false

    private static let signs: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "e"): 27, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92,
    ]

    /// - Parameter needsZero: whether a number in octal begins with a zero, as `echo` has it.
    init(_ text: some Sequence<UInt8>, needsZero: Bool) {
        var rest = Array(text)[...]
        while let byte = rest.popFirst(), !isEnded {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            take(from: &rest, needsZero: needsZero)
        }
    }

    private mutating func take(from rest: inout ArraySlice<UInt8>, needsZero: Bool) {
        guard let sign = rest.first else { return bytes.append(UInt8(ascii: "\\")) }
        if let byte = Self.signs[sign] {
            rest.removeFirst()
            bytes.append(byte)
        } else if sign == UInt8(ascii: "c") {
            isEnded = true
        } else if sign == UInt8(ascii: "x"), let value = Self.number(rest.dropFirst(), radix: 16, digits: 2) {
            rest = rest.dropFirst(1 + value.digits)
            bytes.append(value.byte)
        } else if sign == UInt8(ascii: "0") || !needsZero, let value = Self.number(rest, radix: 8, digits: needsZero ? 4 : 3) {
            rest = rest.dropFirst(value.digits)
            bytes.append(value.byte)
        } else {
            bytes.append(UInt8(ascii: "\\"))
        }
    }

    /// Nil when there is no digit.
    private static func number(_ rest: ArraySlice<UInt8>, radix: Int, digits: Int) -> (byte: UInt8, digits: Int)? {
        let values = rest.prefix(digits).prefix { byte in
            Character(UnicodeScalar(byte)).hexDigitValue.map { $0 < radix } ?? false
        }.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard !values.isEmpty else { return nil }
        return (UInt8(truncatingIfNeeded: values.reduce(0) { $0 * radix + $1 }), values.count)
    }
}
