/// Reads JSON from bytes, in one pass and without trusting them.
///
/// Strings that occur over and over, as keys and short values do in Kubernetes objects, are made once per parser.
package struct JSONParser {
    /// Deeper nesting is refused, so that no input exhausts the stack.
    package static let maximumDepth = 512
    /// Of more members that stand twice nobody is told.
    private static let mostDuplicates = 1000

    /// What a caller can do without: skipped members are checked for being JSON, but not kept.
    package struct Options: Sendable {
        /// Drops `managedFields` wherever a member of this name stands: half of many an object's size.
        package var skipsManagedFields = false
        /// Notes in `duplicates` the path of a member that stands twice in one object. The last one is kept.
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
    /// Members and elements of what is being read, innermost last: each container is made once, in its final size.
    private var pendingKeys: [String] = []
    private var pendingValues: [JSONValue] = []

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
        pendingKeys.removeAll(keepingCapacity: true)
        pendingValues.removeAll(keepingCapacity: true)
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
        if cursor.consume(UInt8(ascii: "}")) { return JSONObject() }
        let firstKey = pendingKeys.count
        let firstValue = pendingValues.count
        while true {
            guard cursor.peek() == UInt8(ascii: "\"") else { throw cursor.unexpected(expected: "a member's name") }
            let key = try string(&cursor)
            cursor.skipWhitespace()
            guard cursor.consume(UInt8(ascii: ":")) else { throw cursor.unexpected(expected: "':'") }
            cursor.skipWhitespace()
            if options.skipsManagedFields, key == "managedFields" {
                try cursor.skipValue(depth: depth)
            } else {
                try member(key, &cursor, depth: depth)
            }
            cursor.skipWhitespace()
            if cursor.consume(UInt8(ascii: "}")) { break }
            guard cursor.consume(UInt8(ascii: ",")) else { throw cursor.unexpected(expected: "',' or '}'") }
            cursor.skipWhitespace()
        }
        return takeObject(from: firstKey, firstValue)
    }

    private mutating func member(_ key: String, _ cursor: inout JSONCursor, depth: Int) throws {
        pendingKeys.append(key)
        if options.reportsDuplicates { path.append(key.pathComponent) }
        let value = try value(&cursor, depth: depth)
        pendingValues.append(value)
        if options.reportsDuplicates { path.removeLast() }
    }

    private mutating func takeObject(from firstKey: Int, _ firstValue: Int) -> JSONObject {
        // Copies: a slice kept alive would make the removal below copy everything that is pending.
        let keys = Array(pendingKeys[firstKey...])
        let values = Array(pendingValues[firstValue...])
        let object: JSONObject
        if Self.areDistinct(keys) {
            object = JSONObject(distinctKeys: keys, values: values)
        } else {
            object = JSONObject(zip(keys, values))
            if options.reportsDuplicates { report(keys) }
        }
        pendingKeys.removeSubrange(firstKey...)
        pendingValues.removeSubrange(firstValue...)
        return object
    }

    private static func areDistinct(_ keys: [String]) -> Bool {
        guard keys.count <= 24 else { return Set(keys).count == keys.count }
        for index in keys.indices {
            for earlier in keys.startIndex..<index where keys[earlier] == keys[index] { return false }
        }
        return true
    }

    private mutating func report(_ keys: [String]) {
        var seen: Set<String> = []
        for key in keys where !seen.insert(key).inserted && duplicates.count < Self.mostDuplicates {
            duplicates.append((path + [key.pathComponent]).joined(separator: "."))
        }
    }

    private mutating func array(_ cursor: inout JSONCursor, depth: Int) throws -> [JSONValue] {
        guard depth <= Self.maximumDepth else { throw cursor.error(.tooDeep) }
        cursor.advance()
        cursor.skipWhitespace()
        if cursor.consume(UInt8(ascii: "]")) { return [] }
        let first = pendingValues.count
        while true {
            if options.reportsDuplicates { indexPath(pendingValues.count - first) }
            let value = try value(&cursor, depth: depth)
            pendingValues.append(value)
            if options.reportsDuplicates { path[path.count - 1] = Self.withoutIndex(path[path.count - 1]) }
            cursor.skipWhitespace()
            if cursor.consume(UInt8(ascii: "]")) { break }
            guard cursor.consume(UInt8(ascii: ",")) else { throw cursor.unexpected(expected: "',' or ']'") }
            cursor.skipWhitespace()
        }
        let elements = Array(pendingValues[first...])
        pendingValues.removeSubrange(first...)
        return elements
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
        let slot = Int(Self.hash(bytes) % UInt64(Self.slots))
        if Self.isEqual(strings[slot], bytes) { return strings[slot] }
        let made = String(decoding: bytes, as: UTF8.self)
        strings[slot] = made
        return made
    }

    /// Of eight bytes at a time; the last eight may be looked at twice.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = UInt64(bytes.count)
        for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
            hash = (hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        }
        hash = (hash ^ raw.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ hash >> 32
    }

    private static func isEqual(_ string: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        string.utf8.withContiguousStorageIfAvailable { utf8 in
            guard utf8.count == bytes.count else { return false }
            let left = UnsafeRawBufferPointer(utf8)
            let right = UnsafeRawBufferPointer(bytes)
            for offset in stride(from: 0, to: bytes.count - 7, by: 8)
            where left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            let last = bytes.count - 8
            return left.loadUnaligned(fromByteOffset: last, as: UInt64.self) == right.loadUnaligned(fromByteOffset: last, as: UInt64.self)
        } ?? false
    }
}
