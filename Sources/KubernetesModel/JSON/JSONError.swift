/// Why bytes are not the JSON that was expected, and where.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Problem: Sendable, Hashable {
        case unexpectedEnd
        case unexpectedByte(UInt8, expected: String)
        case invalidNumber
        case invalidEscape
        case invalidUTF8
        case controlCharacterInString
        case tooDeep
        case trailingBytes
    }

    package let problem: Problem
    /// Where in the input, in bytes from its start.
    package let offset: Int

    package var description: String {
        "invalid JSON at byte \(offset): \(reason)"
    }

    private var reason: String {
        switch problem {
        case .unexpectedEnd: "the input ends too early"
        case .unexpectedByte(let byte, let expected): "found \(Self.visible(byte)) where \(expected) belongs"
        case .invalidNumber: "not a number"
        case .invalidEscape: "not an escape sequence"
        case .invalidUTF8: "not UTF-8"
        case .controlCharacterInString: "a control character stands unescaped in a string"
        case .tooDeep: "nested deeper than \(JSONParser.maximumDepth) levels"
        case .trailingBytes: "something follows the document"
        }
    }

    private static func visible(_ byte: UInt8) -> String {
        (0x21..<0x7F).contains(byte) ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
    }
}
