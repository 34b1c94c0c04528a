/// Reads an API server's list while it arrives: each item as soon as its last byte is there.
///
/// What stands around the items — kind, version, metadata — is to be had at the end; only the item in progress is kept.
package struct ListStreamParser {
    private enum Place {
        /// Outside the items.
        case envelope
        /// Between two items.
        case items
        case item
    }

    private var parser: JSONParser
    private var place = Place.envelope
    private var envelope: [UInt8] = []
    private var item: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var hasReadItems = false

    package init(options: JSONParser.Options = .standard) {
        parser = JSONParser(options: options)
    }

    /// Whether the list's items have come to their end.
    package var isComplete: Bool { hasReadItems && place == .envelope && depth == 0 }

    /// Takes the next bytes, cut anywhere, and gives the items that they complete.
    /// - Throws: `JSONError`; its offset counts from the start of the item.
    package mutating func feed(_ bytes: some Sequence<UInt8>) throws -> [JSONObject] {
        let chunk = Array(bytes)
        var items: [JSONObject] = []
        try chunk.withUnsafeBufferPointer { chunk in
            var index = 0
            while index < chunk.count {
                switch place {
                case .envelope: readEnvelope(chunk, &index)
                case .items: try readSeparator(chunk[index], &index)
                case .item:
                    if let item = try readItem(chunk, &index) { items.append(item) }
                }
            }
        }
        return items
    }

    /// The list without its items; to be called when every byte was fed.
    /// - Throws: `JSONError` when the list is not whole.
    package mutating func finish() throws -> JSONObject {
        guard place == .envelope else { throw JSONError(problem: .unexpectedEnd, offset: item.count) }
        guard let object = try JSONParser.parse(envelope).objectValue else {
            throw JSONError(problem: .unexpectedByte(envelope.first ?? 0, expected: "an object"), offset: 0)
        }
        return object
    }

    private mutating func object(_ bytes: UnsafeBufferPointer<UInt8>) throws -> JSONObject {
        guard let object = try parser.parse(bytes).objectValue else {
            throw JSONError(problem: .unexpectedByte(bytes.first ?? 0, expected: "an object"), offset: 0)
        }
        return object
    }

    /// Goes through the document until its member `items` begins.
    private mutating func readEnvelope(_ chunk: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        while index < chunk.count {
            let byte = chunk[index]
            let opensItems = byte == UInt8(ascii: "[") && !isInString && depth == 1 && endsWithItemsKey
            envelope.append(byte)
            look(at: byte)
            index += 1
            if opensItems {
                place = .items
                return
            }
        }
    }

    /// Whether the envelope ends with `"items":`, whatever spaces stand there.
    private var endsWithItemsKey: Bool {
        func skippingSpaces(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
            var bytes = bytes
            while let last = bytes.last, last == 0x20 || last == 0x0A || last == 0x0D || last == 0x09 { bytes.removeLast() }
            return bytes
        }
        var rest = skippingSpaces(envelope[...])
        guard rest.popLast() == UInt8(ascii: ":") else { return false }
        rest = skippingSpaces(rest)
        return rest.count >= 7 && rest.suffix(7).elementsEqual("\"items\"".utf8)
    }

    private mutating func readSeparator(_ byte: UInt8, _ index: inout Int) throws {
        switch byte {
        case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","): index += 1
        case UInt8(ascii: "{"): place = .item
        case UInt8(ascii: "]"):
            hasReadItems = true
            place = .envelope
        default: throw JSONError(problem: .unexpectedByte(byte, expected: "an item or ']'"), offset: 0)
        }
    }

    /// The item that ends in this chunk; nil when it goes on in the next.
    private mutating func readItem(_ chunk: UnsafeBufferPointer<UInt8>, _ index: inout Int) throws -> JSONObject? {
        let start = index
        while index < chunk.count {
            look(at: chunk[index])
            index += 1
            guard depth == 2, !isInString else { continue }
            place = .items
            let end = UnsafeBufferPointer(rebasing: chunk[start..<index])
            if item.isEmpty { return try object(end) }
            item.append(contentsOf: end)
            defer { item.removeAll(keepingCapacity: true) }
            return try item.withUnsafeBufferPointer { try parser.parse($0) }.objectValue
        }
        item.append(contentsOf: chunk[start..<index])
        return nil
    }

    private mutating func look(at byte: UInt8) {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
    }
}
