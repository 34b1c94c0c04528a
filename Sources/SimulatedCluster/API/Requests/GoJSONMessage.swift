import KubernetesModel

/// What Go's JSON decoder says about bytes that are none, which is what clients get to read.
enum GoJSONMessage {
    static func text(_ error: any Error, in bytes: [UInt8]) -> String {
        guard let error = error as? JSONError else { return "\(error)" }
        switch error.problem {
        case .unexpectedEnd: return "unexpected end of JSON input"
        case .trailingBytes: return "invalid character \(shown(bytes, error.offset)) after top-level value"
        case .unexpectedByte(_, let expected): return "invalid character \(shown(bytes, error.offset)) \(place(expected))"
        case .invalidNumber: return "invalid character \(shown(bytes, error.offset)) in numeric literal"
        case .invalidEscape: return "invalid character \(shown(bytes, error.offset)) in string escape code"
        case .controlCharacterInString: return "invalid character \(shown(bytes, error.offset)) in string literal"
        case .invalidUTF8: return "invalid UTF-8 in string"
        case .tooDeep: return "exceeded max depth"
        }
    }

    private static func place(_ expected: String) -> String {
        switch expected {
        case "a value": "looking for beginning of value"
        case "a member's name": "looking for beginning of object key string"
        case "':'": "after object key"
        case "',' or '}'": "after object key:value pair"
        case "',' or ']'": "after array element"
        default: "in literal \(expected)"
        }
    }

    private static func shown(_ bytes: [UInt8], _ offset: Int) -> String {
        guard bytes.indices.contains(offset) else { return "' '" }
        let byte = bytes[offset]
        switch byte {
        case UInt8(ascii: "'"): return "'\\''"
        case UInt8(ascii: "\""): return "'\"'"
        case 0x20..<0x7F: return "'\(Character(UnicodeScalar(byte)))'"
        case UInt8(ascii: "\n"): return "'\\n'"
        case UInt8(ascii: "\t"): return "'\\t'"
        case UInt8(ascii: "\r"): return "'\\r'"
        default: return "'\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) + "'"
        }
    }
}
