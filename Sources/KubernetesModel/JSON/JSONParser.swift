/// Reads JSON from bytes, in one pass and without trusting them.
///
/// Strings that occur over and over, as keys and short values do in Kubernetes objects, are made once per parser.
package struct JSONParser {
    /// Deeper nesting is refused, so that no input exhausts the stack.
    package static let maximumDepth = 512

    /// What a caller can do without: skipped members are checked for being JSON, but not kept.
    package struct Options: Sendable {
        /// Drops `managedFields` wherever a member of this name stands: half of many an object's size.
        package var skipsManagedFields = false
        /// Called with the path of a member that stands twice in one object. The last one is kept.
        package var reportsDuplicates = false

        package init(skipsManagedFields: Bool = false, reportsDuplicates: Bool = false) {
            self.skipsManagedFields = skipsManagedFields
            self.reportsDuplicates = reportsDuplicates
        }

        package static let standard = Options()
        package static let withoutManagedFields = Options(skipsManagedFields: true)
    }

    /// The paths, with dots, of members that stood more than once in their object, when the options ask for them.
    package private(set) var duplicates: [String] = []

    private let options: Options
    private var interned = StringInterner()
    private var path: [String] = []

    package init(options: Options = .standard) {
        self.options = options
    }

    /// - Throws: `JSONError`.
    package static func parse(_ bytes: [UInt8], options: Options = .standard) throws -> JSONValue {
        var parser = JSONParser(options: options)
        return try parser.parse(bytes)
    }

    /// - Throws: `JSONError`.
    package static func parse(_ text: String, options: Options = .standard) throws -> JSONValue {
        try parse(Array(text.utf8), options: options)
    }

    /// Reads one document; the parser can be used again, which saves making common strings anew.
    /// - Throws: `JSONError`.
    package mutating func parse(_ bytes: [UInt8]) throws -> JSONValue {
        try bytes.withUnsafeBufferPointer { try parse($0) }
    }

    /// - Throws: `JSONError`.
    package mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws -> JSONValue {
        duplicates = []
        path = []
        var cursor = JSONCursor(bytes)
        cursor.skipWhitespace()
        let value = try self.value(&cursor, depth: 0)
        cursor.skipWhitespace()
        guard cursor.isAtEnd else { throw cursor.error(.trailingBytes) }
        return value
    }

    private mutating func value(_ cursor: inout JSONCursor, depth: Int) throws -> JSONValue {
        guard let byte = cursor.peek() else { throw cursor.error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): return .object(try object(&cursor, depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(&cursor, depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string(&cursor))
        case UInt8(ascii: "t"): try cursor.expect("true"); return .bool(true)
        case UInt8(ascii: "f"): try cursor.expect("false"); return .bool(false)
        case UInt8(ascii: "n"): try cursor.expect("null"); return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(JSONNumber(checked: interned.string(try cursor.number())))
        default: throw cursor.unexpected(expected: "a value")
        }
    }

    private mutating func object(_ cursor: inout JSONCursor, depth: Int) throws -> JSONObject {
        guard depth <= Self.maximumDepth else { throw cursor.error(.tooDeep) }
        cursor.advance()
        cursor.skipWhitespace()
        var object = JSONObject()
        if cursor.consume(UInt8(ascii: "}")) { return object }
        while true {
            guard cursor.peek() == UInt8(ascii: "\"") else { throw cursor.unexpected(expected: "a member's name") }
            let key = try string(&cursor)
            cursor.skipWhitespace()
            guard cursor.consume(UInt8(ascii: ":")) else { throw cursor.unexpected(expected: "':'") }
            cursor.skipWhitespace()
            if options.skipsManagedFields, key == "managedFields" {
                try cursor.skipValue(depth: depth)
            } else {
                try member(key, of: &object, &cursor, depth: depth)
            }
            cursor.skipWhitespace()
            if cursor.consume(UInt8(ascii: "}")) { return object }
            guard cursor.consume(UInt8(ascii: ",")) else { throw cursor.unexpected(expected: "',' or '}'") }
            cursor.skipWhitespace()
        }
    }

    private mutating func member(_ key: String, of object: inout JSONObject, _ cursor: inout JSONCursor, depth: Int) throws {
        guard options.reportsDuplicates else {
            object[key] = try value(&cursor, depth: depth)
            return
        }
        path.append(key)
        if object.updateValue(try value(&cursor, depth: depth), forKey: key) != nil {
            duplicates.append(path.joined(separator: "."))
        }
        path.removeLast()
    }

    private mutating func array(_ cursor: inout JSONCursor, depth: Int) throws -> [JSONValue] {
        guard depth <= Self.maximumDepth else { throw cursor.error(.tooDeep) }
        cursor.advance()
        cursor.skipWhitespace()
        var elements: [JSONValue] = []
        if cursor.consume(UInt8(ascii: "]")) { return elements }
        while true {
            if options.reportsDuplicates { indexPath(elements.count) }
            elements.append(try value(&cursor, depth: depth))
            if options.reportsDuplicates { path[path.count - 1] = Self.withoutIndex(path[path.count - 1]) }
            cursor.skipWhitespace()
            if cursor.consume(UInt8(ascii: "]")) { return elements }
            guard cursor.consume(UInt8(ascii: ",")) else { throw cursor.unexpected(expected: "',' or ']'") }
            cursor.skipWhitespace()
        }
    }

    private mutating func indexPath(_ index: Int) {
        if path.isEmpty { path.append("") }
        path[path.count - 1] += "[\(index)]"
    }

    private static func withoutIndex(_ component: String) -> String {
        component.lastIndex(of: "[").map { String(component[..<$0]) } ?? component
    }

    private mutating func string(_ cursor: inout JSONCursor) throws -> String {
        switch try cursor.string() {
        case .plain(let bytes): return interned.string(bytes)
        case .unescaped(let text): return text
        }
    }
}

/// Remembers strings by their bytes. A collision only costs making the string again.
private struct StringInterner {
    private static let slots = 512
    private static let longest = 48
    private var strings = [String](repeating: "", count: slots)

    mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        // Up to 15 bytes live inside the String itself: nothing to save.
        guard bytes.count > 15, bytes.count <= Self.longest else { return String(decoding: bytes, as: UTF8.self) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let slot = Int(hash % UInt64(Self.slots))
        if strings[slot].utf8.count == bytes.count, strings[slot].utf8.elementsEqual(bytes) { return strings[slot] }
        let made = String(decoding: bytes, as: UTF8.self)
        strings[slot] = made
        return made
    }
}
