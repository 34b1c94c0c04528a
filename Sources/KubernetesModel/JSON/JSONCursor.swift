/// A position in JSON bytes, and the tokens that can be read from there.
struct JSONCursor {
    enum StringToken {
        /// Without escapes: the bytes between the quotes, valid UTF-8.
        case plain(UnsafeBufferPointer<UInt8>)
        case unescaped(String)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var offset = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset >= bytes.count }

    func peek() -> UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    mutating func advance() {
        offset += 1
    }

    mutating func consume(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    mutating func skipWhitespace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    func error(_ problem: JSONError.Problem) -> JSONError {
        JSONError(problem: problem, offset: offset)
    }

    func unexpected(expected: String) -> JSONError {
        guard let byte = peek() else { return error(.unexpectedEnd) }
        return error(.unexpectedByte(byte, expected: expected))
    }

    mutating func expect(_ word: StaticString) throws {
        for index in 0..<word.utf8CodeUnitCount {
            guard consume(word.utf8Start[index]) else { throw unexpected(expected: "\(word)") }
        }
    }

    /// Reads a number by the grammar of RFC 8259 and returns its bytes.
    mutating func number() throws -> UnsafeBufferPointer<UInt8> {
        let start = offset
        _ = consume(UInt8(ascii: "-"))
        if !consume(UInt8(ascii: "0")) { try digits() }
        if consume(UInt8(ascii: ".")) { try digits() }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
            try digits()
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<offset])
    }

    private mutating func digits() throws {
        let start = offset
        while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
        guard offset > start else { throw isAtEnd ? error(.unexpectedEnd) : error(.invalidNumber) }
    }

    /// Reads a string from its opening to its closing quote.
    mutating func string() throws -> StringToken {
        offset += 1
        let start = offset
        var isASCII = true
        skipPlainText()
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let content = UnsafeBufferPointer(rebasing: bytes[start..<offset])
                guard isASCII || content.isValidUTF8 else { throw JSONError(problem: .invalidUTF8, offset: start) }
                offset += 1
                return .plain(content)
            }
            if byte == UInt8(ascii: "\\") { return .unescaped(try escapedString(from: start)) }
            guard byte >= 0x20 else { throw error(.controlCharacterInString) }
            if byte >= 0x80 { isASCII = false }
            offset += 1
        }
        throw error(.unexpectedEnd)
    }

    /// Passes eight bytes at a time while none of them is a quote, a backslash, a control character or beyond ASCII.
    private mutating func skipPlainText() {
        let raw = UnsafeRawBufferPointer(bytes)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while offset + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            // A byte's high bit is set where it is below the subtrahend; the word's own bytes beyond ASCII count as well.
            let found = (quotes &- ones) | (backslashes &- ones) | (word &- ones &* 0x20) | word
            guard found & highs == 0 else { return }
            offset += 8
        }
    }

    /// Goes on with a string in which the cursor met its first escape.
    private mutating func escapedString(from start: Int) throws -> String {
        var content = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                guard content.withUnsafeBufferPointer(\.isValidUTF8) else { throw JSONError(problem: .invalidUTF8, offset: start) }
                offset += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                offset += 1
                try appendEscape(to: &content)
            case 0..<0x20:
                throw error(.controlCharacterInString)
            default:
                content.append(byte)
                offset += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func appendEscape(to content: inout [UInt8]) throws {
        guard let byte = peek() else { throw error(.unexpectedEnd) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content.append(contentsOf: String(Character(try escapedScalar())).utf8)
        default:
            offset -= 1
            throw error(.invalidEscape)
        }
    }

    /// Reads the digits of `\uXXXX`, and of its second half; a lone surrogate becomes U+FFFD, as in Go.
    private mutating func escapedScalar() throws -> Unicode.Scalar {
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let afterFirst = offset
        guard first < 0xDC00, consume(UInt8(ascii: "\\")), consume(UInt8(ascii: "u")) else {
            offset = afterFirst
            return replacement
        }
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second) else {
            offset = afterFirst
            return replacement
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
    }

    private mutating func fourHexDigits() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { throw error(.invalidEscape) }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    /// Passes over a value without keeping it; `depth` is that of the object or array it stands in.
    mutating func skipValue(depth: Int) throws {
        guard let byte = peek() else { throw error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): try skipMembers(depth: depth + 1)
        case UInt8(ascii: "["): try skipElements(depth: depth + 1)
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try expect("true")
        case UInt8(ascii: "f"): try expect("false")
        case UInt8(ascii: "n"): try expect("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
        default: throw unexpected(expected: "a value")
        }
    }

    private mutating func skipMembers(depth: Int) throws {
        try skipContainer(depth: depth, end: UInt8(ascii: "}"), expected: "',' or '}'") { cursor in
            guard cursor.peek() == UInt8(ascii: "\"") else { throw cursor.unexpected(expected: "a member's name") }
            _ = try cursor.string()
            cursor.skipWhitespace()
            guard cursor.consume(UInt8(ascii: ":")) else { throw cursor.unexpected(expected: "':'") }
            cursor.skipWhitespace()
            try cursor.skipValue(depth: depth)
        }
    }

    private mutating func skipElements(depth: Int) throws {
        try skipContainer(depth: depth, end: UInt8(ascii: "]"), expected: "',' or ']'") { try $0.skipValue(depth: depth) }
    }

    private mutating func skipContainer(depth: Int, end: UInt8, expected: String, element: (inout JSONCursor) throws -> Void) throws {
        guard depth <= JSONParser.maximumDepth else { throw error(.tooDeep) }
        offset += 1
        skipWhitespace()
        if consume(end) { return }
        while true {
            try element(&self)
            skipWhitespace()
            if consume(end) { return }
            guard consume(UInt8(ascii: ",")) else { throw unexpected(expected: expected) }
            skipWhitespace()
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate var isValidUTF8: Bool {
        String(validating: self, as: UTF8.self) != nil
    }
}
