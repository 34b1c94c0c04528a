/// Writes JSON as bytes: compact, or indented for people as `kubectl` and API servers do.
package struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indentation: Int?

    private init(indentation: Int?) {
        self.indentation = indentation
    }

    package static func compact(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(value, level: 0)
        return writer.bytes
    }

    /// - Parameter indentation: spaces per level.
    package static func indented(_ value: JSONValue, by indentation: Int = 2) -> [UInt8] {
        var writer = JSONWriter(indentation: indentation)
        writer.write(value, level: 0)
        return writer.bytes
    }

    private mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.text.utf8)
        case .string(let text): write(text)
        case .array(let elements): write(elements, level: level)
        case .object(let object): write(object, level: level)
        }
    }

    private mutating func write(_ elements: [JSONValue], level: Int) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            separate(isFirst: index == 0, level: level + 1)
            write(element, level: level + 1)
        }
        close(UInt8(ascii: "]"), isEmpty: elements.isEmpty, level: level)
    }

    private mutating func write(_ object: JSONObject, level: Int) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in object {
            separate(isFirst: isFirst, level: level + 1)
            isFirst = false
            write(key)
            bytes.append(UInt8(ascii: ":"))
            if indentation != nil { bytes.append(UInt8(ascii: " ")) }
            write(value, level: level + 1)
        }
        close(UInt8(ascii: "}"), isEmpty: object.isEmpty, level: level)
    }

    private mutating func separate(isFirst: Bool, level: Int) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        breakLine(level: level)
    }

    private mutating func close(_ byte: UInt8, isEmpty: Bool, level: Int) {
        if !isEmpty { breakLine(level: level) }
        bytes.append(byte)
    }

    private mutating func breakLine(level: Int) {
        guard let indentation else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * level))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices {
                guard let escape = Self.escape(utf8[index]) else { continue }
                bytes.append(contentsOf: utf8[start..<index])
                bytes.append(contentsOf: escape.utf8)
                start = index + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0..<0x20: "\\u00" + (byte < 0x10 ? "0" : "1") + String(byte & 0x0F, radix: 16)
        default: nil
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as compact JSON.
    package var description: String {
        String(decoding: JSONWriter.compact(self), as: UTF8.self)
    }
}
